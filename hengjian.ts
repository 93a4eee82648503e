/** The front door. What a command does is the business of its room (operations/command-rooms.ts). */
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';

// Compiled code is kept between starts, which halves the time of a small command; so the rooms are imported after this.
enableCompileCache(`${import.meta.dirname}/node_modules/.cache/compile`);
const { commandContext } = await import('@hengjian/operations/command-context.ts');
const { registerCommands } = await import('@hengjian/operations/command-rooms.ts');
const { failure } = await import('@hengjian/operations/failure.ts');

// Nothing that is written is for others of this machine, also while it is being written.
process.umask(0o077);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 74));

const program = new Command('hengjian')
  .description('衡鉴: supervision events in, exact and explainable scores out')
  .version('0.1.0')
  .showHelpAfterError('(hengjian --help lists the commands)');
try {
  const context = commandContext();
  program.hook('postAction', () => context.close());
  await registerCommands(program, context, process.argv[2]);
  await program.parseAsync().catch(async (error: unknown) => {
    await context.close();
    throw error;
  });
} catch (error) {
  process.exitCode = failure(error);
}
// Idle keep-alive connections would hold the process for seconds; what was written is flushed first.
process.stdout.write('', () => process.exit());
