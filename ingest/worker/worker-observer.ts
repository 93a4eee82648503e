import type { StoredBlock } from '../sink/store-block.ts';

/** Records of a partition from offset `first` to `last` that are dealt with. */
export interface SeenBatch {
  part: number;
  first: number;
  last: number;
  records: number;
  leftOut: number;
  passedOn: number;
  /** Records behind it when it was fetched. */
  lag: number;
}

export interface WorkerObserver {
  batch(seen: SeenBatch): void;
  outcome(seen: { part: number; accepted: number; duplicate: number; rejected: number }): void;
  stored(seen: StoredBlock & { batch: number; ms: number }): void;
  assigned(parts: readonly number[]): void;
}
