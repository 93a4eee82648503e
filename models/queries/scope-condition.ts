import { may, type Resource } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';

export interface Condition {
  /** A boolean SQL expression over the named columns; everything that varies is a parameter. */
  sql: string;
  params: Record<string, unknown>;
}

/**
 * What a scope may see of a resource, as a WHERE condition; nothing where the table of permissions denies it. `units` and
 * `areas` narrow; of several columns that name a unit, any will do. Rows that name no area are seen only by scopes without area limits.
 */
export function scopeCondition(
  scope: Scope,
  resource: Resource,
  columns: { unit: string | readonly string[]; area?: string },
): Condition {
  if (!may(scope, resource)) return { sql: '0', params: {} };
  const parts: string[] = [];
  const params: Record<string, unknown> = {};
  if (scope.units !== 'all') {
    const units = [columns.unit].flat().map((unit) => `has({scope_units:Array(String)}, toString(${unit}))`);
    parts.push(units.length > 1 ? `(${units.join(' OR ')})` : units[0]!);
    params.scope_units = scope.units;
  }
  if (scope.areas !== 'all') {
    parts.push(columns.area ? `has({scope_areas:Array(String)}, toString(${columns.area}))` : '0');
    params.scope_areas = scope.areas;
  }
  return { sql: parts.length > 0 ? `(${parts.join(' AND ')})` : '1', params };
}

/** Whether a scope is free of unit and area limits: only such a scope sees what belongs to no unit (rejects, sources). */
export function isUnlimited(scope: Scope): boolean {
  return scope.units === 'all' && scope.areas === 'all';
}
