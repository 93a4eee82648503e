import Fraction from 'fraction.js';
import { DrawError } from './draw-error.ts';

/** A digit string longer than this is a mistake, and would make every later step slow. */
const MAX_DIGITS = 60;

/**
 * The rational `"a/b"` or `"1"` of a tier, 0 < p ≤ 1.
 * @throws DrawError for zero, more than one, or another notation.
 */
export function parseProbability(tier: string, text: unknown): Fraction {
  const match = typeof text === 'string' ? /^(0|[1-9]\d*)(?:\/([1-9]\d*))?$/.exec(text) : null;
  if (!match || (text as string).length > 2 * MAX_DIGITS)
    throw new DrawError(
      `The probability of tier ${tier} is ${JSON.stringify(text)?.slice(0, 80)} and must be a rational in a string, for example "3/100" or "1".`,
      { reason: 'tier_ratio', values: { tier } },
    );
  const value = new Fraction(BigInt(match[1]!), BigInt(match[2] ?? '1'));
  if (value.n === 0n)
    throw new DrawError(
      `The probability of tier ${tier} is zero, but no tier is exempt from being drawn; give it a small one, for example "1/1000".`,
      { reason: 'tier_ratio', values: { tier } },
    );
  if (value.compare(1) > 0)
    throw new DrawError(`The probability of tier ${tier} is ${text}, more than 1; the largest is "1".`, {
      reason: 'tier_ratio',
      values: { tier },
    });
  return value;
}
