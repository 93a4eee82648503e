import type { Warehouse } from '@hengjian/warehouse';

/** Parameters travel as form fields of at most 128 KiB each; a query carries up to so many of them. */
const FIELD_BYTES = 60_000;
const FIELDS = 12;

/**
 * Which of the rows are stored already.
 * @returns one byte a row: 1 where (source, id) is not in the warehouse
 */
export async function findNew(
  warehouse: Warehouse,
  sources: readonly string[],
  ids: readonly string[],
): Promise<Uint8Array> {
  const stored = new Set<string>();
  const groups = fieldsOf(ids);
  for (let first = 0; first < groups.length; first += FIELDS) {
    const params = Object.fromEntries(
      groups.slice(first, first + FIELDS).map((field, index) => [`ids${index}`, field]),
    );
    const wanted = Object.keys(params).map((name) => `{${name}:Array(String)}`);
    const rows = await warehouse.query<{ source: string; id: string }>(
      // The ids decide which granules are read; the sources are compared here.
      `SELECT DISTINCT source, id FROM events WHERE id IN arrayConcat(${wanted.join(', ')})`,
      params,
      { optimize_use_projections: 1 },
    );
    for (const { source, id } of rows) stored.add(`${id}\0${source}`);
  }
  return Uint8Array.from(ids, (id, row) => (stored.has(`${id}\0${sources[row]}`) ? 0 : 1));
}

function fieldsOf(ids: readonly string[]): string[][] {
  const fields: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    // Quotes, comma, and escapes at the worst.
    bytes += Buffer.byteLength(id) * 2 + 3;
    if (bytes > FIELD_BYTES) {
      fields.push([]);
      bytes = Buffer.byteLength(id) * 2 + 3;
    }
    fields.at(-1)!.push(id);
  }
  return fields;
}
