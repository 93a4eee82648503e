import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { parsePeriod } from '../calendar/period.ts';

export interface QuarterEntry {
  /** Id of a quarter; of `listPeriods` also of a month or a year. */
  quarter: string;
  status: 'draft' | 'published' | 'corrected';
  ruleset: { id: string; version: string; hash: string };
  /** End of the last day that counts, ISO 8601 with offset; null while its year has no holiday notice. */
  cutoff: string | null;
  as_of: string;
}

/** Quarters with scores under a rule set, newest first. A scope without a role that reads scores gets none. */
export async function listQuarters(warehouse: Warehouse, scope: Scope, ruleset: string): Promise<QuarterEntry[]> {
  const periods = await listPeriods(warehouse, scope, ruleset);
  return periods.filter(({ quarter }) => parsePeriod(quarter)?.type === 'quarter');
}

/** Likewise, with the months and years of a rule set that scores them: the newest day first, of periods that end on it the shortest first. */
export async function listPeriods(warehouse: Warehouse, scope: Scope, ruleset: string): Promise<QuarterEntry[]> {
  if (!may(scope, 'scores')) return [];
  let rows: ({ ruleset: string; version: string; hash: string } & Omit<QuarterEntry, 'ruleset'>)[];
  try {
    rows = await warehouse.query(
      `SELECT quarter, status, ruleset, version, hash,
         concat(replaceOne(toString(q.cutoff), ' ', 'T'), '+08:00') AS cutoff, concat(replaceOne(toString(q.as_of), ' ', 'T'), '+08:00') AS as_of
       FROM quarters AS q WHERE ruleset = {ruleset:String} ORDER BY quarter DESC`,
      { ruleset },
    );
  } catch (error) {
    // Before the first refresh there are no models yet, and so no quarters.
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return [];
    throw error;
  }
  return rows
    .map(({ ruleset, version, hash, ...rest }) => ({ ...rest, ruleset: { id: ruleset, version, hash } }))
    .sort((one, other) => (placeOf(one.quarter) < placeOf(other.quarter) ? 1 : -1));
}

function placeOf(id: string): string {
  const { start = '', end = '' } = parsePeriod(id) ?? {};
  return `${end} ${start}`;
}
