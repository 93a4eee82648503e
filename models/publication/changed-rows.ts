/** Ledger rows that two builds of one quarter have differently. */

import type { Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';

export interface ChangedRow {
  unit: string;
  measure: string;
  key: string;
  subject: string;
  /** The event that made it due; empty where none did. */
  event_source: string;
  event_id: string;
}

const COLUMNS =
  'unit, measure, key, subject, event_source, event_id, due, happened, done, on_time, amount, amount_done';

export function changedRows(
  warehouse: Warehouse,
  before: Pick<Warehouse, 'database'>,
  after: Pick<Warehouse, 'database'>,
): Promise<ChangedRow[]> {
  return warehouse.query<ChangedRow>(
    `SELECT DISTINCT unit, measure, key, subject, event_source, event_id FROM (
       SELECT ${COLUMNS}, sum(side) AS balance FROM (
         SELECT ${COLUMNS}, 1 AS side FROM ${quoteIdentifier(before.database)}.int_obligations
         UNION ALL SELECT ${COLUMNS}, -1 AS side FROM ${quoteIdentifier(after.database)}.int_obligations
       ) GROUP BY ${COLUMNS} HAVING balance != 0
     ) ORDER BY unit, measure, key, subject`,
    undefined,
    { max_bytes_before_external_group_by: 1_000_000_000 },
  );
}
