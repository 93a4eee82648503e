import { naturalBreaks } from './natural-breaks.ts';

/** Over a smaller base a share does not set the classes of a map. */
export const FIRM_BASE = 30;
const CLASSES = 5;

/**
 * Upper ends of natural-breaks classes (Jenks) of what is above zero, over the whole series, so that a colour means the same in every
 * month and one outlier does not flatten the rest. Zero is no class: it has a colour to itself.
 */
export function seriesClasses(rows: readonly { value: number | null; base: number }[]): number[] {
  const known = rows.flatMap(({ value, base }) => (value !== null && value > 0 ? [{ value, base }] : []));
  const firm = known.filter(({ base }) => base >= FIRM_BASE);
  return naturalBreaks(
    (firm.length > 0 ? firm : known).map(({ value }) => value),
    CLASSES,
  ).upper;
}
