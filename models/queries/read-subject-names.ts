import { subjectName } from '@hengjian/contract/natural-persons.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';

/** The latest registered name of each subject, by USCC, as this reader is shown it; subjects that nobody registered here are left out. */
export async function readSubjectNames(
  scope: Scope,
  warehouse: Warehouse,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(subjects)].filter((subject) => subject !== '');
  if (wanted.length === 0) return new Map();
  const rows = await warehouse.query<{ uscc: string; name: string }>(
    `SELECT upper(e.subject) AS uscc, argMax(JSONExtractString(e.facts, 'name'), (e.time, e.id)) AS name FROM ${READABLE_EVENTS} AS e
     WHERE e.type = 'entity.registered' AND uscc IN (SELECT upper(arrayJoin({wanted:Array(String)}))) GROUP BY uscc`,
    { wanted },
  );
  return new Map(rows.map(({ uscc, name }) => [uscc, subjectName(scope, uscc, name)]));
}
