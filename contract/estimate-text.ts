import { percentText, roundExact } from './round-exact.ts';

/** Decimals to which a computed share is taken for exact: what arithmetic of doubles leaves behind is smaller. */
const EXACT_TO = 12;

/** Decimals of a share beyond which an estimate says nothing: what is nothing or all to these reads so. */
const TELLS_TO = 4;

/**
 * A share that was estimated (an end of an interval, a shrunk rate), as `92.0%` in the form of `percentText`. Rounded once:
 * from the value itself, not from one that has been rounded before.
 */
export function estimateText(share: number): string {
  const whole = Number(roundExact(share, TELLS_TO));
  return percentText(whole === 0 || whole === 1 ? whole : roundExact(share, EXACT_TO), 1);
}
