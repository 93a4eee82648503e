/** What subjects are called: the name of the last registration, so that a row speaks of a firm and not of a code alone. */

import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';

/** @param subjects codes out of rows that the scope may see @returns names by code; nothing for a code that was never registered */
export async function readSubjectNames(
  warehouse: Warehouse,
  scope: Scope,
  subjects: readonly string[],
): Promise<Record<string, string>> {
  if (subjects.length === 0 || !may(scope, 'explanations')) return {};
  const rows = await warehouse.query<{ code: string; name: string }>(
    `SELECT upper(subject) AS code, argMax(JSONExtractString(if(facts = '', data, facts), 'name'), (time, id)) AS name
     FROM events WHERE type = 'entity.registered' AND upper(subject) IN {codes:Array(String)}
     GROUP BY code HAVING name != ''`,
    { codes: [...new Set(subjects.map((code) => code.toUpperCase()))].sort() },
  );
  return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}
