import type { StorageFault } from '@hengjian/contract/event-writer.ts';

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
