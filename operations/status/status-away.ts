import { setTimeout as pause } from 'node:timers/promises';
import { type Environment, isConnectionError, readRunFile } from '@hengjian/warehouse';

/** An engine that was killed is back sooner; a client would wait three times as long. */
export const AWAY_AFTER_MS = 5_000;

/**
 * Why the server, or the engine of a running `up`, gives no answer for five seconds: an error of connection; of one that
 * keeps the connection open and says nothing ETIMEDOUT. Undefined if it answers anything, and where nothing should run.
 */
export async function whyAway({
  clickhouseUrl,
  dataDir,
}: Pick<Environment, 'clickhouseUrl' | 'dataDir'>): Promise<Error | undefined> {
  const access = clickhouseUrl ? undefined : readRunFile(dataDir)?.access;
  const at = clickhouseUrl ?? access?.url;
  if (!at) return undefined;
  const url = new URL(at);
  const gate = access?.gate ?? url.searchParams.get('gate');
  const headers: Record<string, string> = gate ? { 'X-Gate': gate } : {};
  let refused: Error | undefined;
  for (const signal = AbortSignal.timeout(AWAY_AFTER_MS); !signal.aborted; await pause(200)) {
    try {
      // Any answer will do, whatever it says.
      await fetch(`${url.origin}/ping`, { headers, signal });
      return undefined;
    } catch (error) {
      const { name, cause } = error as Error;
      if (name === 'TimeoutError') return frozen();
      // What else can go wrong is better said by whoever opens the warehouse.
      if (!isConnectionError(cause)) return undefined;
      refused = cause as Error;
    }
  }
  return refused;
}

const frozen = () => Object.assign(new Error('it accepts connections and says nothing'), { code: 'ETIMEDOUT' });
