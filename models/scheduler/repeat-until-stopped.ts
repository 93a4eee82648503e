/** Work that is looked at now and then beside the refreshes, until the process ends. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls `look` after `firstAfter` milliseconds, then again after as many as it says, never twice at once. `look` handles its own failures;
 * its signal tells it to leave early.
 *
 * @returns `stop` waits for the look under way
 */
export function repeatUntilStopped(
  firstAfter: number,
  look: (signal: AbortSignal) => Promise<number>,
): { stop(): Promise<void> } {
  const abort = new AbortController();
  const running = repeat(firstAfter, look, abort.signal);
  return {
    async stop() {
      abort.abort();
      await running;
    },
  };
}

async function repeat(
  firstAfter: number,
  look: (signal: AbortSignal) => Promise<number>,
  signal: AbortSignal,
): Promise<void> {
  let wait = firstAfter;
  while (!signal.aborted) {
    await pause(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    wait = await look(signal);
  }
}
