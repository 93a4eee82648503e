/** The full record of a draw (draw.md, Commands): everything, and nothing that could not be recomputed from frame and plan. */
export interface DrawRecord {
  spec: 'tier-srs-v1';
  frame: FrameIdentity;
  plan: Record<string, unknown>;
  plan_hash: string;
  secret: string;
  commit: string;
  beacon: string;
  seed: string;
  /** Decimal digits of x; u = x / 2^64. */
  u: string;
  cells: RecordCell[];
  /** In cell order, then rank. */
  selected: RecordUnit[];
  /** The next keys of each cell, at most as many as are drawn, in the order in which they step in. */
  reserve: RecordUnit[];
  /** Hash of the drawn ids, sorted bytewise, each followed by LF. */
  result_hash: string;
}

export interface FrameIdentity {
  rows: number;
  sha256: string;
  merkle_root: string;
}

export interface RecordCell {
  /** Strata values, then the tier. */
  key: string[];
  N: number;
  /** N·π in lowest terms. */
  expected: string;
  n: number;
  pi: string;
  /** The n-th smallest key, hex; null where none is drawn. */
  threshold: string | null;
}

export interface RecordUnit {
  id: string;
  /** Index into `cells`. */
  cell: number;
  key: string;
  /** Of the key within its cell, from 1. */
  rank: number;
}
