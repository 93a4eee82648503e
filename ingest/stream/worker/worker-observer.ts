import type { StoredBlock } from '../../store/store-block.ts';

/** Records of a partition from offset `first` to `last` that are dealt with. */
export interface SeenBatch {
  part: number;
  first: number;
  last: number;
  records: number;
  leftOut: number;
  rerouted: number;
  /** Records behind it when it was fetched. */
  lag: number;
}

export interface WorkerObserver {
  /** Records of a partition from `first` on have come, and are not dealt with; the log goes up to `end` (exclusive). */
  fetched(seen: { part: number; first: number; end: number }): void;
  /** Nothing up to `last` is left to be dealt with: ends of transactions, and what was rolled back. */
  passed(seen: { part: number; last: number }): void;
  batch(seen: SeenBatch): void;
  outcome(seen: { part: number; accepted: number; duplicate: number; rejected: number }): void;
  stored(seen: StoredBlock & { batch: number; ms: number }): void;
  assigned(parts: readonly number[]): void;
}
