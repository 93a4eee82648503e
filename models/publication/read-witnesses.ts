import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import type { Witnesses } from './check-chain.ts';
import { CIRCULAR_SOURCE } from './circulars.ts';

/** What tells of publications besides their own events: the derived table, where there is one, and circulars, also voided ones. */
export async function readWitnesses(warehouse: Warehouse): Promise<Witnesses> {
  const [noted, issued] = await Promise.all([
    notedRecords(warehouse),
    warehouse.query<{ record: string }>(
      `SELECT DISTINCT JSONExtractString(facts, 'record_sha256') AS record FROM ${READABLE_EVENTS} AS e
       WHERE type = 'circular.issued' AND source = {source:String} AND record != '' ORDER BY record`,
      { source: CIRCULAR_SOURCE },
    ),
  ]);
  return { noted, issued: issued.map(({ record }) => record) };
}

async function notedRecords(warehouse: Warehouse): Promise<Map<number, string>> {
  try {
    const rows = await warehouse.query<{ sequence: number; record_sha256: string }>(
      'SELECT sequence, record_sha256 FROM publications WHERE sequence > 0',
    );
    return new Map(rows.map(({ sequence, record_sha256 }) => [sequence, record_sha256]));
  } catch (error) {
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return new Map();
    throw error;
  }
}
