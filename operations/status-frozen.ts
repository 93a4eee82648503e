import { type Environment, readRunFile } from '@hengjian/warehouse';

const WITHIN_MS = 5_000;

/**
 * Whether the server, or the engine of a running `up`, keeps a connection open without an answer, for as long as a client
 * would wait. One that refuses, or that is not there, is not frozen.
 */
export async function isFrozen({
  clickhouseUrl,
  dataDir,
}: Pick<Environment, 'clickhouseUrl' | 'dataDir'>): Promise<boolean> {
  const access = clickhouseUrl ? undefined : readRunFile(dataDir)?.access;
  const at = clickhouseUrl ?? access?.url;
  if (!at) return false;
  const url = new URL(at);
  const gate = access?.gate ?? url.searchParams.get('gate');
  try {
    // Any answer will do, whatever it says.
    const headers: Record<string, string> = gate ? { 'X-Gate': gate } : {};
    await fetch(`${url.origin}/ping`, { headers, signal: AbortSignal.timeout(WITHIN_MS) });
    return false;
  } catch (error) {
    return (error as Error).name === 'TimeoutError';
  }
}
