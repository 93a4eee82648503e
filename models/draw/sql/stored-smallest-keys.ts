import type { Warehouse } from '@hengjian/warehouse';
import type { Cell } from '../cells.ts';
import { bytewise } from '../frame-layout.ts';
import type { Keyed } from '../smallest-keys.ts';

const QUERY = `
  WITH wanted AS (
    SELECT number AS cell_number, {cells:Array(Array(String))}[number + 1] AS wanted_cell,
      {limits:Array(UInt64)}[number + 1] AS wanted_rows, {bounds:Array(UInt64)}[number + 1] AS bound
    FROM numbers(length({limits:Array(UInt64)})))
  SELECT cell_number AS cell, lower(hex(key)) AS key_hex, id FROM (
    SELECT cell_number, wanted_rows, key, id, row_number() OVER (PARTITION BY cell_number ORDER BY key, id) AS place
    FROM (
      SELECT id, cell, SHA256(concat(unhex({seed:String}), '\\0', key_bytes)) AS key
      FROM draw_frames WHERE frame_id = {frame:String}
    ) AS keyed
    INNER JOIN wanted ON wanted_cell = cell
    WHERE reinterpretAsUInt64(reverse(substring(key, 1, 8))) <= bound)
  WHERE place <= wanted_rows
  ORDER BY cell, place`;

/** Above every key's first 64 bits. */
const NO_BOUND = 2n ** 64n - 1n;

interface Row {
  cell: number;
  key_hex: string;
  id: string;
}

/**
 * For each cell of n drawn rows its 2n smallest keys, found by the engine. Keys are uniform, so the wanted ones lie below a
 * bound with hardly any others, which saves sorting all (sampling.md §1.10); where a bound was too low, all are sorted.
 */
export async function storedSmallestKeys(
  warehouse: Warehouse,
  frameId: string,
  cells: readonly Cell[],
  seed: Buffer,
): Promise<Keyed[][]> {
  const limits = cells.map(({ size, rows }) => Math.min(2 * size, rows));
  const params = { frame: frameId, seed: seed.toString('hex'), cells: cells.map(({ key }) => key), limits };
  const bounds = cells.map(({ rows }, index) => boundOf(limits[index]!, rows));
  const found = grouped(cells, await warehouse.query<Row>(QUERY, { ...params, bounds }));
  if (found.every((keys, index) => keys.length === limits[index])) return found;
  return grouped(cells, await warehouse.query<Row>(QUERY, { ...params, bounds: bounds.map(() => NO_BOUND) }));
}

/** The expected place of the wanted keys plus eight standard deviations. */
function boundOf(limit: number, rows: number): bigint {
  const share = limit === 0 ? 0 : (limit + 10 + 8 * Math.sqrt(limit + 10)) / rows;
  return share >= 1 ? NO_BOUND : BigInt(Math.ceil(share * 2 ** 53)) << 11n;
}

function grouped(cells: readonly Cell[], rows: readonly Row[]): Keyed[][] {
  const groups = cells.map((): Keyed[] => []);
  for (const { cell, key_hex, id } of rows)
    groups[cell]!.push({ key: Buffer.from(key_hex, 'hex').toString('latin1'), id: bytewise(id) });
  return groups;
}
