/** What would have been enough: how far a rate is from the threshold, or a count from the step, from which the full points are given. */
import type { RuleSetPart } from '../ruleset/schema.ts';

export interface Enough {
  /** In per cent; null: a number is asked for, not a rate. */
  threshold: number | null;
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

/** Of the part whose counts an item shows; undefined where its rule has no such limit. */
export function enoughOf(
  parts: readonly RuleSetPart[],
  { numerator, denominator }: { numerator: number | null; denominator: number | null },
): Enough | undefined {
  if (numerator === null) return undefined;
  const threshold = parts.find(({ kind }) => kind === 'ratio_full')?.threshold;
  if (typeof threshold === 'number')
    return denominator === null ? undefined : enoughFor(numerator, denominator, threshold);
  const steps = parts.find(({ kind, shown }) => kind === 'steps' && shown)?.steps as [number, unknown][] | undefined;
  const needed = steps?.at(-1)?.[0];
  if (needed === undefined) return undefined;
  return { threshold: null, needed, reached: numerator >= needed, distance: Math.abs(numerator - needed) };
}
