/** What would have been enough: how far a rate is from the threshold from which the full points are given. */

export interface Enough {
  /** In per cent. */
  threshold: number;
  /** The least number done that reaches it. */
  needed: number;
  reached: boolean;
  /** How many more it takes; where it is reached, how many fewer would still do. */
  distance: number;
}

/**
 * @param threshold share of 1, with at most six decimals, as a rule set has it
 * @returns undefined where nothing was due
 * @example enoughFor(89, 100, 0.9) // needed 90, distance 1
 */
export function enoughFor(done: number, due: number, threshold: number): Enough | undefined {
  if (due <= 0) return undefined;
  const millionths = BigInt(Math.round(threshold * 1e6));
  // The least whole number that is not under threshold × due, without a double in between.
  const needed = Number((millionths * BigInt(due) + 999_999n) / 1_000_000n);
  const reached = done >= needed;
  return { threshold: threshold * 100, needed, reached, distance: Math.abs(done - needed) };
}
