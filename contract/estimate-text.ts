import { percentText, roundExact } from './round-exact.ts';

/** Decimals to which a computed share is taken for exact: what arithmetic of doubles leaves behind is smaller. */
const EXACT_TO = 12;

/**
 * A share that was estimated (an end of an interval, a shrunk rate), as `92.0%` in the form of `percentText`. Rounded once:
 * from the value itself, not from one that has been rounded before.
 */
export function estimateText(share: number): string {
  return percentText(roundExact(share, EXACT_TO), 1);
}
