import Fraction from 'fraction.js';
import { DrawError } from './draw-error.ts';
import type { Plan } from './plan.ts';

/**
 * The inclusion probability of each tier that has rows (draw.md §3), exact.
 *
 * Without `n`: p_t. With `n`: tiers with m·p_t ≥ S are taken whole until none is left of that kind (m what remains of n,
 * S = Σ N_t p_t over the tiers left), the others get m·p_t / S. Source: sampling.md §1.1, after Tillé (2006) §2.10.
 *
 * @param rowsByTier tiers with at least one row
 * @throws DrawError for a tier the plan does not name, and for n above the rows
 */
export function inclusionProbabilities(plan: Plan, rowsByTier: ReadonlyMap<string, number>): Map<string, Fraction> {
  const unknown = [...rowsByTier.keys()].find((tier) => !plan.tiers.has(tier));
  if (unknown !== undefined)
    throw new DrawError(
      `The frame has rows of tier “${unknown}”, which the plan does not name (its tiers: ${[...plan.tiers.keys()].join(', ')}); add a probability for it, or correct the rows.`,
      { reason: 'unknown_tier', values: { tier: unknown } },
    );
  const tiers = [...rowsByTier].map(([tier, rows]) => ({ tier, rows, p: plan.tiers.get(tier)! }));
  if (plan.n === undefined) return new Map(tiers.map(({ tier, p }) => [tier, p]));
  const total = tiers.reduce((sum, { rows }) => sum + rows, 0);
  if (plan.n > total)
    throw new DrawError(
      `The plan draws n = ${plan.n} of a frame of ${total} rows; lower n to ${total} or less, or widen the frame.`,
      { reason: 'n_too_large', values: { n: plan.n, rows: total } },
    );
  const pi = new Map<string, Fraction>();
  let left = tiers;
  let remaining = new Fraction(plan.n);
  for (;;) {
    const weight = left.reduce((sum, { rows, p }) => sum.add(p.mul(rows)), new Fraction(0));
    const whole = left.filter(({ p }) => remaining.mul(p).compare(weight) >= 0);
    if (whole.length === 0) {
      for (const { tier, p } of left) pi.set(tier, remaining.mul(p).div(weight));
      return pi;
    }
    for (const { tier, rows } of whole) {
      pi.set(tier, new Fraction(1));
      remaining = remaining.sub(rows);
    }
    left = left.filter((tier) => !whole.includes(tier));
    if (left.length === 0) return pi;
  }
}
