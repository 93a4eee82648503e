import { OFFICE_UNIT } from './office-unit.ts';
import { eventTypes } from './schema/event-types.ts';

/** The units that acts of the office may be about when somebody of these units enters them; the office’s own account: all. */
export function reachOf<Units extends 'all' | readonly string[]>({ units }: { units: Units }): Units | 'all' {
  return units === 'all' || units.includes(OFFICE_UNIT) ? 'all' : units;
}

/**
 * Scope narrows any role (contract §4): an account of the office that is limited to units enters nothing about others, by form or by
 * table. An act that names no unit is about all.
 * @returns undefined where it may; else the member that names units, and those beyond the reach, none where all are meant
 */
export function beyondReach(
  scope: { units: 'all' | readonly string[] },
  { type, data }: { type: string; data: Record<string, unknown> },
): { field: string; units: string[] } | undefined {
  const reach = reachOf(scope);
  const field = eventTypes.get(type)?.concerns;
  if (reach === 'all' || field === undefined) return undefined;
  const named = [data[field] ?? []].flat().map(String);
  const units = named.filter((unit) => !reach.includes(unit));
  return named.length > 0 && units.length === 0 ? undefined : { field, units };
}
