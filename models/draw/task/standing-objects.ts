import type { AdjustmentNote } from './adjustments.ts';

/** Who is to be visited: those drawn, with every later replacement in its order. */
export function standingObjects(selected: readonly string[], notes: readonly AdjustmentNote[]): Set<string> {
  const standing = new Set(selected);
  for (const { subject, from, to } of notes) {
    if (subject !== undefined) continue;
    standing.delete(from);
    standing.add(to);
  }
  return standing;
}
