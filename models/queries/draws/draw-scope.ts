import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Condition } from '../scope-condition.ts';

/** A task is seen by whoever sees one of the units that take part. @param units an array of unit ids, in SQL */
export function taskCondition(scope: Scope, units: string): Condition {
  if (!may(scope, 'draws')) return { sql: '0', params: {} };
  if (scope.units === 'all') return { sql: '1', params: {} };
  return { sql: `hasAny(${units}, {scope_units:Array(String)})`, params: { scope_units: scope.units } };
}

/** Everything recorded so far. */
export const NOW = { as_of: '2299-01-01 00:00:00' };
