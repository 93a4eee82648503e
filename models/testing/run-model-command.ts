import { Writable } from 'node:stream';
import { type CommandContext, readEnvironment } from '@hengjian/warehouse';
import type { TemporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { registerModelCommands } from '../commands/register-model-commands.ts';
import { writeDirectly } from './write-directly.ts';

/** For tests: a command of this room, in this process. @returns what it says on standard output */
export async function runModelCommand(temporary: TemporaryWarehouse, ...args: string[]): Promise<string> {
  let text = '';
  const sink = () =>
    new Writable({
      write(piece, _, done) {
        text += piece;
        done();
      },
    });
  const context: CommandContext = {
    environment: readEnvironment({ HENGJIAN_DATA_DIR: temporary.dataDir }),
    warehouse: async () => temporary.warehouse,
    writer: async () => ({ write: writeDirectly(temporary.warehouse) }) as never,
    stdout: sink(),
    stderr: new Writable({ write: (_, __, done) => done() }),
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerModelCommands(program, context);
  await program.parseAsync(args, { from: 'user' });
  return text;
}
