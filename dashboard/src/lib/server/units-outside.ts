import { beyondReach, reachOf } from '@hengjian/contract/reach.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { EventDraft, FormProblem } from './record-events.ts';

/** What a form would enter about units that this account may enter nothing about, whatever the form offered. */
export function unitsOutside(scope: Pick<Scope, 'units'>, event: EventDraft): FormProblem[] {
  const beyond = beyondReach(scope, event);
  if (!beyond) return [];
  const { field, units } = beyond;
  const detail = `data.${field}: this account may enter what is about ${[reachOf(scope)].flat().join(', ')}, not about ${units.join(', ') || 'all units'}`;
  return [{ field, reason: 'unit_not_allowed', detail }];
}
