import type { RegionalUnits } from './rule-limits.ts';

const DIGITS = /^[0-9]+$/;

/**
 * unit(e) of rulesets.md §1, as int_senders reckons it: the unit whose id is the department, else the one with the longest code that
 * equals the region or, both being digits, begins it.
 * @returns undefined where it is none’s
 */
export function countedUnit({ units }: RegionalUnits, department: string, region: string): string | undefined {
  if (units.some(({ id }) => id === department)) return department;
  let found: { id: string; length: number } | undefined;
  for (const { id, regions } of units)
    for (const code of regions) {
      if (code !== region && !(DIGITS.test(code) && DIGITS.test(region) && region.startsWith(code))) continue;
      if (!found || code.length > found.length) found = { id, length: code.length };
    }
  return found?.id;
}
