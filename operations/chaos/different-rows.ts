import type { Warehouse } from '@hengjian/warehouse';

/** What was said, without where and when it was stored. */
const ROW_COLUMNS = 'source, id, type, time, utc_offset_min, department, region, subject, data, extensions';
export const ROW_HASH = `cityHash64(${ROW_COLUMNS})`;

/** At most four rows that one of them has and the other has not, each as one line. */
export async function differentRows(streamed: Warehouse, imported: Warehouse): Promise<string[]> {
  const [own, other] = await Promise.all([rowHashes(streamed), rowHashes(imported)]);
  return [
    ...(await rowsOf(streamed, own.difference(other))).map((row) => `only streamed: ${row}`),
    ...(await rowsOf(imported, other.difference(own))).map((row) => `only imported: ${row}`),
  ];
}

async function rowHashes(warehouse: Warehouse): Promise<Set<string>> {
  const rows = await warehouse.query<{ hash: string }>(`SELECT toString(${ROW_HASH}) AS hash FROM events`);
  return new Set(rows.map(({ hash }) => hash));
}

/** The first two of them. */
async function rowsOf(warehouse: Warehouse, hashes: Set<string>): Promise<string[]> {
  const rows = await warehouse.query<object>(
    `SELECT ${ROW_COLUMNS} FROM events WHERE has({hashes:Array(String)}, toString(${ROW_HASH}))`,
    { hashes: [...hashes].slice(0, 2) },
  );
  return rows.map((row) => JSON.stringify(row));
}
