import type { Warehouse } from '@hengjian/warehouse';
import type { Scope } from './scope.ts';

export interface QuarterEntry {
  quarter: string;
  status: 'draft' | 'published' | 'corrected';
  ruleset: { id: string; version: string; hash: string };
  /** End of the last day that counts, ISO 8601 with offset; null while its year has no holiday notice. */
  cutoff: string | null;
  as_of: string;
}

/** Quarters with scores, newest first. A scope without a role that reads scores gets none. */
export async function listQuarters(warehouse: Warehouse, scope: Scope): Promise<QuarterEntry[]> {
  if (!scope.roles.some((role) => role === 'office' || role === 'leader' || role === 'unit' || role === 'auditor'))
    return [];
  const rows = await warehouse.query<
    { ruleset: string; version: string; hash: string } & Omit<QuarterEntry, 'ruleset'>
  >(
    `SELECT quarter, status, ruleset, version, hash, toString(cutoff) AS cutoff, toString(as_of) AS as_of FROM quarters ORDER BY quarter DESC`,
  );
  return rows.map(({ ruleset, version, hash, ...rest }) => ({ ...rest, ruleset: { id: ruleset, version, hash } }));
}
