/** What keeps events from becoming durable, while attempts go on. */
export interface StorageFault {
  what: 'warehouse' | 'log';
  /** undefined: no answer yet, neither good nor bad */
  error: Error | undefined;
  /** performance.now() when it began */
  since: number;
}

export const storageFaultFrom = (
  what: StorageFault['what'],
  error: unknown,
  before: StorageFault | undefined,
): StorageFault => ({
  what,
  error: error instanceof Error ? error : new Error(String(error)),
  since: before?.since ?? performance.now(),
});

/** Nothing failed, but nothing came back for too long either: a frozen server, a network that swallows all. */
export const silence = (
  what: StorageFault['what'],
  since: number | undefined,
  forMs: number,
): StorageFault | undefined =>
  since !== undefined && performance.now() - since > forMs ? { what, error: undefined, since } : undefined;
