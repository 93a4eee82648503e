import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';
import { inGroups } from '../../store/in-groups.ts';
import type { ListRow } from './list-writer.ts';

/** Parameters travel as form fields of at most 128 KiB. */
const SUBJECTS_AT_ONCE = 3_000;

/** Writes beside each code what the register calls the subject, where the row has no name of its own. */
export async function withNames(warehouse: Pick<Warehouse, 'query'>, rows: readonly ListRow[]): Promise<void> {
  const nameless = rows.filter(({ name, subject }) => !name && subject);
  const subjects = [...new Set(nameless.map(({ subject }) => String(subject)))];
  const names = new Map<string, string>();
  for (const group of inGroups(subjects, SUBJECTS_AT_ONCE)) {
    const found = await warehouse.query<{ subject: string; name: string }>(
      `SELECT subject, argMax(JSONExtractString(facts, 'name'), time) AS name FROM ${READABLE_FACTS} AS e
       WHERE type = 'entity.registered' AND subject IN (SELECT arrayJoin({subjects:Array(String)})) GROUP BY subject`,
      { subjects: group },
    );
    for (const { subject, name } of found) names.set(subject, name);
  }
  for (const row of nameless) row.name = names.get(String(row.subject)) ?? '';
}
