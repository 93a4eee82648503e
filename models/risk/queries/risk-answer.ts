import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { isUnlimited } from '../../queries/scope-condition.ts';

export type RiskRefusal = 'forbidden' | 'unknown_month' | 'unknown_subject';
export type RiskAnswer<T> = { ok: true; value: T } | { ok: false; reason: RiskRefusal; detail: string };

export function refuse(reason: RiskRefusal, detail: string): { ok: false; reason: RiskRefusal; detail: string } {
  return { ok: false, reason, detail };
}

/**
 * Tiers are an internal reference for allocating supervision: no leader, unit, inspector or administrator sees one.
 * Which areas a scope may see tiers of: 'all', a list, or undefined for nobody's. A subject belongs to no unit, so a scope that is
 * limited to units sees none.
 */
export function tierAreas(scope: Scope): string[] | 'all' | undefined {
  if (!may(scope, 'tiers')) return undefined;
  return isUnlimited(scope) ? 'all' : scope.areas;
}
