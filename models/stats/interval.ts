/** Both ends included; of a probability, from 0 to 1. */
export interface Interval {
  lower: number;
  upper: number;
}

/**
 * `events` of `trials` as whole numbers with 0 ≤ events ≤ trials.
 *
 * @throws RangeError otherwise: a caller that counts cannot get there
 */
export function checkCounts(events: number, trials: number): void {
  if (!Number.isInteger(events) || !Number.isInteger(trials) || events < 0 || trials < events)
    throw new RangeError(`${events} of ${trials} is no count of events among trials`);
}
