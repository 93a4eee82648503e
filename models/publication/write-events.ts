/** How a publication reaches the log; the front door gives it (the same checks and the same log as any event). */
export interface WriteOutcome {
  accepted: number;
  /** Null where only the workers find duplicates. */
  duplicate: number | null;
  rejected: { index: number; id: string | null; reason: string; detail: string }[];
}

/** Durable when it resolves. */
export type WriteEvents = (events: readonly object[]) => Promise<WriteOutcome>;
