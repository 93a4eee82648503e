import type { Warehouse } from '@hengjian/warehouse';

/** The members of the envelope, `data` as its own text, and the columns that we also fill. */
const COLUMNS =
  'source, id, type, time, utc_offset_min, department, region, subject, data, extensions, recorded_at, origin_kind, origin, origin_part, origin_pos, request';
const VALUES = `source, id, type, parseDateTime64BestEffort(time, 6, 'Asia/Shanghai'), if(endsWith(time, 'Z'), 0, 480), department, region, subject,
  data, '', {recorded:DateTime64(6, 'Asia/Shanghai')}, 'file', 'events.ndjson', 0, rowNumberInAllBlocks(), toUUID('00000000-0000-0000-0000-000000000000')`;
export const ENVELOPE =
  'specversion String, id String, source String, type String, time String, department String, region String, subject String, data String';
export const PEER_SETTINGS = { input_format_json_read_objects_as_strings: 1, async_insert: 0 };

/**
 * ClickHouse's own way from a file to the same columns: `INSERT … SELECT … FROM file()`. It checks no rule of the
 * contract, finds no duplicates and keeps no rejects.
 */
export function insertFromFile(warehouse: Warehouse, table: string, file: string): Promise<void> {
  return warehouse.command(
    `INSERT INTO ${table} (${COLUMNS}) SELECT ${VALUES} FROM file({file:String}, 'JSONEachRow', '${ENVELOPE}')`,
    { file, recorded: '2026-01-01 00:00:00.000000' },
    PEER_SETTINGS,
  );
}

/** Tables of the same columns: with all projections, and without the one that finds duplicates. */
export async function createPeerTables(warehouse: Warehouse): Promise<void> {
  await warehouse.command('CREATE TABLE IF NOT EXISTS peer AS events');
  await warehouse.command('CREATE TABLE IF NOT EXISTS peer_plain AS events');
  await warehouse.command('ALTER TABLE peer_plain DROP PROJECTION by_id');
}

export async function countRows(warehouse: Warehouse, table: string): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${table}`);
  return row?.n ?? 0;
}
