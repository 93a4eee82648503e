import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { OFFICE_UNIT } from '@hengjian/models/publication/published-event.ts';
import type { EventDraft, FormProblem } from './record-events.ts';

/** The units that acts of the office may be about when this account enters them; the office’s own account: all. */
export function reachOf({ units }: Pick<Scope, 'units'>): Scope['units'] {
  return units === 'all' || units.includes(OFFICE_UNIT) ? 'all' : units;
}

/**
 * Scope narrows any role (contract §4): an account of the office that is limited to units enters nothing about others, whatever
 * the form offered. An act that names no unit is about all.
 */
export function unitsOutside(scope: Pick<Scope, 'units'>, { type, data }: EventDraft): FormProblem[] {
  const reach = reachOf(scope);
  const field = eventTypes.get(type)?.concerns;
  if (reach === 'all' || field === undefined) return [];
  const named = [data[field] ?? []].flat().map(String);
  const outside = named.filter((unit) => !reach.includes(unit));
  if (named.length > 0 && outside.length === 0) return [];
  const detail = `data.${field}: this account may enter what is about ${reach.join(', ')}, not about ${outside.join(', ') || 'all units'}`;
  return [{ field, reason: 'unit_not_allowed', detail }];
}
