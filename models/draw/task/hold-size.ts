import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import Fraction from 'fraction.js';
import { DrawError } from '../draw-error.ts';
import { inclusionProbabilities } from '../inclusion-probabilities.ts';
import type { Plan } from '../plan.ts';

/** A code in quotes with its comma; what stands beside the list (strata, hashes) has room in the rest. */
const CODE_BYTES = 21;
const REST_BYTES = 256 * 1024;
/** So many codes fit into the one event that says who was drawn. */
export const MOST_DRAWN = Math.floor((MAX_EVENT_BYTES - REST_BYTES) / CODE_BYTES);

/** @throws DrawError if the plan may draw more than can be written down: committed to, it could never be drawn */
export function holdSize(plan: Plan, rowsByTier: ReadonlyMap<string, number>): void {
  const pi = inclusionProbabilities(plan, rowsByTier);
  const expected = [...rowsByTier].reduce((sum, [tier, rows]) => sum.add(pi.get(tier)!.mul(rows)), new Fraction(0));
  // The sum is rounded up or down.
  const most = Number(expected.ceil());
  if (most > MOST_DRAWN)
    throw new DrawError(
      `The plan draws ${most} subjects, and one draw of a task may have ${MOST_DRAWN}; lower n or the ratios, or draw by areas in several tasks.`,
      { reason: 'too_many', values: { drawn: most, most: MOST_DRAWN } },
    );
}
