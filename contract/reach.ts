import { factsOf } from './facts/facts-of.ts';
import { OFFICE_UNIT } from './office-unit.ts';
import { eventTypes } from './schema/event-types.ts';

/** The units that acts of the office may be about when somebody of these units enters them; the office’s own account: all. */
export function reachOf<Units extends 'all' | readonly string[]>({ units }: { units: Units }): Units | 'all' {
  return units === 'all' || units.includes(OFFICE_UNIT) ? 'all' : units;
}

interface Entered {
  type: string;
  data: Record<string, unknown>;
}

/** The member that names units, and those of them beyond the reach: none where everybody is meant. */
export interface Beyond {
  field: string;
  units: string[];
}

/**
 * Scope narrows any role (contract §4): an account of the office that is limited to units enters nothing about others, by form or by
 * table, and marks none of its own.
 * @returns undefined where it may
 */
export function beyondReach(scope: { units: 'all' | readonly string[] }, event: Entered): Beyond | undefined {
  return ownMark(scope, event) ?? beyondUnits(reachOf(scope), event);
}

/** Nobody marks the own unit. */
function ownMark({ units }: { units: 'all' | readonly string[] }, { type, data }: Entered): Beyond | undefined {
  const unit = String(data.unit);
  return type === 'mark.awarded' && units !== 'all' && units.includes(unit)
    ? { field: 'unit', units: [unit] }
    : undefined;
}

/**
 * Whose figures an event is about besides those of the unit that acts, read as the models read it: a member of another form than its
 * schema says is absent, and may then mean everybody.
 * @returns undefined where it is about these units alone
 */
export function beyondUnits(reach: 'all' | readonly string[], { type, data }: Entered): Beyond | undefined {
  const eventType = eventTypes.get(type);
  const field = eventType?.concerns;
  if (reach === 'all' || eventType === undefined || field === undefined) return undefined;
  const facts = JSON.parse(factsOf(eventType, data)) as Record<string, unknown>;
  const named = [facts[field] ?? []].flat().map(String);
  if (named.length === 0) return eventType.unnamed === 'nobody' ? undefined : { field, units: [] };
  const units = named.filter((unit) => !reach.includes(unit));
  return units.length === 0 ? undefined : { field, units };
}
