import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Condition } from '../scope-condition.ts';

/** The public register: a unit that deals with a subject may know that it exists and what it is called. */
const REGISTER = "('entity.registered', 'entity.changed', 'entity.cancelled', 'entity.revoked')";
/** What a tier can be read from: for those who see tiers. */
const TIERS = "('risk.scored', 'tier.changed')";

/** Which events of a subject a scope sees: of a unit its own and the register; of tiers nothing, unless it may. */
export function seenEvents(scope: Scope): Condition {
  if (!may(scope, 'subjects')) return { sql: '0', params: {} };
  const parts: string[] = [];
  const params: Record<string, unknown> = {};
  if (!may(scope, 'tiers')) parts.push(`type NOT IN ${TIERS}`);
  if (scope.units !== 'all') {
    parts.push(`(type IN ${REGISTER} OR has({scope_units:Array(String)}, toString(department)))`);
    params.scope_units = scope.units;
  }
  if (scope.areas !== 'all') {
    parts.push("(region = '' OR has({scope_areas:Array(String)}, toString(region)))");
    params.scope_areas = scope.areas;
  }
  return { sql: parts.length > 0 ? `(${parts.join(' AND ')})` : '1', params };
}

/**
 * Which subjects a scope knows of, by the columns `area` (of the latest registration of all, seen or not) and `units` (departments that have an event of
 * it): what lies outside is not known to exist.
 */
export function seenSubjects(scope: Scope): Condition {
  if (!may(scope, 'subjects')) return { sql: '0', params: {} };
  const parts: string[] = [];
  const params: Record<string, unknown> = {};
  if (scope.units !== 'all') {
    parts.push('hasAny(units, {scope_units:Array(String)})');
    params.scope_units = scope.units;
  }
  if (scope.areas !== 'all') {
    parts.push('has({scope_areas:Array(String)}, area)');
    params.scope_areas = scope.areas;
  }
  return { sql: parts.length > 0 ? `(${parts.join(' AND ')})` : '1', params };
}
