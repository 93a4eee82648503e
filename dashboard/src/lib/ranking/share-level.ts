import { formatShare } from '../i18n/format.ts';

/** Lower bounds, in per cent, of the classes that the matrix is coloured by. */
export const shareLevels = [0, 50, 60, 70, 80, 90, 100] as const;
export type ShareLevel = (typeof shareLevels)[number];

interface Figures {
  points: number | null;
  points_exact?: string;
  weight: number | null;
  weight_exact?: string;
  numerator?: number | null;
  denominator?: number | null;
  on_time?: number | null;
}

/** Points as a share of the attainable ones; an item without weight loses nothing. */
export function shareOfPoints(points: number, weight: number): number {
  return weight > 0 ? points / weight : 1;
}

/**
 * The share of the points; without points the rate: in time of what was due, or done where nothing has a deadline. Null where
 * nothing was due.
 */
export function shareOf({ points, weight, numerator, denominator, on_time }: Figures): number | null {
  if (points !== null && weight !== null) return shareOfPoints(points, weight);
  return denominator ? (on_time ?? numerator ?? 0) / denominator : null;
}

/** The same share as it is written; undefined where nothing was due. */
export function shareText({
  points,
  points_exact,
  weight,
  weight_exact,
  numerator,
  denominator,
  on_time,
}: Figures): string | undefined {
  // Both are floats only where a reader is limited to areas: there the points are a difference of floats.
  if (points !== null && weight !== null) {
    const isNothing = (difference: number) => points_exact === undefined && Math.abs(difference) <= 1e-9;
    if (weight <= 0 || isNothing(weight - points)) return formatShare(1, 1);
    return isNothing(points) ? formatShare(0, 1) : formatShare(points_exact ?? points, weight_exact ?? weight);
  }
  return denominator ? formatShare(on_time ?? numerator ?? 0, denominator) : undefined;
}

/** The class of a share; 1e-9 absorbs what doubles cannot hold, so that full marks are always class 100. `none`: there is no share. */
export function shareLevel(share: number): ShareLevel;
export function shareLevel(share: number | null): ShareLevel | 'none';
export function shareLevel(share: number | null): ShareLevel | 'none' {
  if (share === null) return 'none';
  return shareLevels.findLast((level) => share * 100 >= level - 1e-7) ?? 0;
}
