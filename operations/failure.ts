import { visibleText } from '@hengjian/contract/visible-text.ts';
import { CommandError, DataDirLockedError, EnvironmentError } from '@hengjian/warehouse';

/** Says on stderr, in a sentence, why a command failed; returns its exit code. A stack is shown for bugs only. */
export function failure(error: unknown): number {
  if (error instanceof CommandError) {
    process.stderr.write(`${visibleText(error.message)}\n`);
    return error.exitCode;
  }
  if (error instanceof EnvironmentError || error instanceof DataDirLockedError) {
    process.stderr.write(`${visibleText(error.message)}\n`);
    return 2;
  }
  const known = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${visibleText((process.env.LOG_LEVEL === 'debug' && known.stack) || known.message)}\n`);
  return 70;
}
