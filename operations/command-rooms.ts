/**
 * Which room has which commands. Only the room of the command that was asked for is loaded: most of the time of a small
 * command is loading.
 */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { ruleSetKnowledge } from './rule-set-knowledge.ts';

export interface CommandRoom {
  /** Names, parted by blanks. */
  commands: string;
  register: (program: Command, context: CommandContext) => Promise<void>;
}

/** In the order of the help. */
export const COMMAND_ROOMS: readonly CommandRoom[] = [
  {
    commands: 'up status schemas doctor',
    register: async (...on) => (await import('./commands.ts')).registerOperationCommands(...on),
  },
  {
    commands: 'backup restore',
    register: async (...on) => (await import('./backup/backup-commands.ts')).registerBackupCommands(...on),
  },
  {
    // By itself: what it takes to start counts.
    commands: 'import',
    async register(program, context) {
      const { registerImportCommand } = await import('@hengjian/ingest/commands/import-command.ts');
      registerImportCommand(program, context, () => ruleSetKnowledge(context.environment));
    },
  },
  {
    commands: 'rejects key events layouts templates',
    async register(program, context) {
      const { registerKeepingCommands } = await import('@hengjian/ingest/commands/register-ingest-commands.ts');
      registerKeepingCommands(program, context, await ruleSetKnowledge(context.environment));
    },
  },
  {
    commands:
      'refresh score explain balance close correct publications verify draft objection rulesets calendar models draw risk',
    register: async (...on) => (await import('@hengjian/models')).registerModelCommands(...on),
  },
  {
    commands: 'circular evidence',
    async register(...on) {
      const { registerCircularCommand, registerEvidenceCommand } = await import('@hengjian/documents');
      registerCircularCommand(...on);
      registerEvidenceCommand(...on);
    },
  },
  {
    commands: 'user readkey',
    async register(...on) {
      const { registerAccountCommands, registerReadKeyCommands } = await import('@hengjian/dashboard');
      registerAccountCommands(...on);
      registerReadKeyCommands(...on);
    },
  },
  {
    commands: 'generate',
    register: async (...on) => (await import('@hengjian/generator')).registerGeneratorCommands(...on),
  },
];

/** @param asked the first word of the command line; help, and a name that stands nowhere, ask for all */
export async function registerCommands(program: Command, context: CommandContext, asked = ''): Promise<void> {
  const one = COMMAND_ROOMS.filter(({ commands }) => commands.split(' ').includes(asked));
  for (const { register } of one.length > 0 ? one : COMMAND_ROOMS) await register(program, context);
}
