/** Which failures of the way to ClickHouse pass by themselves, and how long they are borne. */
import { setTimeout as pause } from 'node:timers/promises';
import { ClickHouseError } from '@clickhouse/client';

/** Repeats `work` while `again(error)` holds, with pauses from 50 ms doubling to 2 s; once where a table has just moved. */
export async function retry<T>(
  work: () => Promise<T>,
  forMs: number,
  again: (error: unknown) => boolean,
  signal?: AbortSignal,
  onRetry?: (error: unknown) => void,
): Promise<T> {
  // Not by the wall clock, which may be set.
  const deadline = performance.now() + forMs;
  let moved = 0;
  for (let delay = 50; ; delay = Math.min(delay * 2, 2_000)) {
    try {
      return await work();
    } catch (error) {
      const goesOn = hasMoved(error) ? moved++ === 0 : again(error);
      if (!goesOn || performance.now() > deadline || signal?.aborted) throw error;
      onRetry?.(error);
      await pause(delay, undefined, signal ? { signal } : {});
    }
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown })?.code ?? '');

/** A restore has set the database aside and puts the other one in its place within milliseconds. */
const isBetweenNames = (error: unknown): boolean =>
  error instanceof ClickHouseError && error.type === 'UNKNOWN_DATABASE';

/** The restore did so while a statement was looking for its tables: the next attempt meets the one state or the other. */
const hasMoved = (error: unknown): boolean =>
  error instanceof ClickHouseError && /^(UNKNOWN_TABLE|TABLE_UUID_MISMATCH)$/.test(error.type ?? '');

/** Nothing was sent, since the connection itself was refused; or it had no database to begin in. */
export const wasNotBegun = (error: unknown): boolean => codeOf(error) === 'ECONNREFUSED' || isBetweenNames(error);

/** The connection broke or could not be made; what was sent may or may not have been done. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof ClickHouseError) return false;
  if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|UND_ERR_SOCKET)$/.test(codeOf(error))) return true;
  return (
    error instanceof Error && /socket hang up|socket disconnected|other side closed|Timeout error/i.test(error.message)
  );
}

export const isPassingForReads = (error: unknown): boolean => isConnectionError(error) || isBetweenNames(error);

/** ClickHouse errors that pass by themselves: memory, parts, disk space, timeouts, network (system.errors names). */
const PASSING = new Set([
  'TOO_MANY_PARTS',
  'MEMORY_LIMIT_EXCEEDED',
  'NOT_ENOUGH_SPACE',
  'CANNOT_WRITE_TO_FILE_DESCRIPTOR',
  'TIMEOUT_EXCEEDED',
  'TOO_MANY_SIMULTANEOUS_QUERIES',
  'NETWORK_ERROR',
  'SOCKET_TIMEOUT',
  'TABLE_IS_READ_ONLY',
  'CANNOT_RESERVE_SPACE',
  'SYSTEM_ERROR',
  'CANNOT_FSYNC',
  'CANNOT_CLOSE_FILE',
  'CANNOT_OPEN_FILE',
  'NO_FREE_CONNECTION',
  'UNKNOWN_DATABASE',
]);

export function isPassing(error: unknown): boolean {
  return error instanceof ClickHouseError ? PASSING.has(error.type ?? '') : isConnectionError(error);
}
