import type { Role, Scope } from '@hengjian/contract/scope.ts';

export interface Condition {
  /** A boolean SQL expression over the named columns; everything that varies is a parameter. */
  sql: string;
  params: Record<string, unknown>;
}

/**
 * What a scope may see, as a WHERE condition. A scope without one of the `admitted` roles sees nothing;
 * `units` and `areas` narrow. Rows that name no area are seen only by scopes without area limits.
 */
export function scopeCondition(
  scope: Scope,
  admitted: readonly Role[],
  columns: { unit: string; area?: string },
): Condition {
  if (!scope.roles.some((role) => admitted.includes(role))) return { sql: '0', params: {} };
  const parts: string[] = [];
  const params: Record<string, unknown> = {};
  if (scope.units !== 'all') {
    parts.push(`has({scope_units:Array(String)}, toString(${columns.unit}))`);
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
