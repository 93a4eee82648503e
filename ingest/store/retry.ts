import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from '@hengjian/warehouse';

const PATIENCE_MS = 10 * 60_000;

/** Asks again while the engine cannot be reached, for as long as inserts are repeated. */
export async function retry<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  onRetry: (error: unknown) => void = () => {},
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isConnectionError(error) || signal.aborted || performance.now() > deadline) throw error;
      onRetry(error);
      await pause(200, undefined, { signal });
    }
  }
}
