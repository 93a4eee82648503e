import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { registerImportCommand } from './import-command.ts';
import { registerKeyCommand } from './key-command.ts';
import { registerRejectsCommand } from './rejects-command.ts';

export function registerIngestCommands(program: Command, context: CommandContext): void {
  registerImportCommand(program, context);
  registerRejectsCommand(program, context);
  registerKeyCommand(program, context);
}
