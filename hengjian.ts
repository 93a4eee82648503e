/** The front door: one line per room. What a command does is the room's business. */
import { registerAccountCommands } from '@hengjian/dashboard';
import { registerGeneratorCommands } from '@hengjian/generator';
import { registerIngestCommands } from '@hengjian/ingest';
import { registerModelCommands } from '@hengjian/models';
import { commandContext, failure, registerBackupCommands, registerOperationCommands } from '@hengjian/operations';
import { Command } from 'commander';

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 74));

const program = new Command('hengjian')
  .description('衡鉴: supervision events in, exact and explainable scores out')
  .version('0.1.0')
  .showHelpAfterError();
try {
  const context = commandContext();
  program.hook('postAction', () => context.close());
  registerOperationCommands(program, context);
  registerBackupCommands(program, context);
  registerIngestCommands(program, context);
  registerModelCommands(program, context);
  registerAccountCommands(program, context);
  registerGeneratorCommands(program, context);
  await program.parseAsync().catch(async (error: unknown) => {
    await context.close();
    throw error;
  });
} catch (error) {
  process.exitCode = failure(error);
}
// Idle keep-alive connections would hold the process for seconds; what was written is flushed first.
process.stdout.write('', () => process.exit());
