import type { Warehouse } from '@hengjian/warehouse';
import type { Figure } from './figure.ts';

/** Bytes on disk per event of the raw table after merges (`system.parts`, its projections included). */
export async function bytesPerEvent(warehouse: Warehouse): Promise<Figure[]> {
  await warehouse.command('OPTIMIZE TABLE events FINAL');
  const [parts] = await warehouse.query<{ bytes: number; rows: number; raw: number }>(
    `SELECT sum(bytes_on_disk) AS bytes, sum(rows) AS rows, sum(data_uncompressed_bytes) AS raw
     FROM system.parts WHERE active AND database = currentDatabase() AND table = 'events'`,
  );
  const [projection] = await warehouse.query<{ bytes: number }>(
    `SELECT sum(bytes_on_disk) AS bytes FROM system.projection_parts
     WHERE active AND database = currentDatabase() AND table = 'events'`,
  );
  const { bytes, rows, raw } = parts!;
  return [
    {
      name: 'bytes on disk per event, merged',
      value: bytes / rows,
      unit: 'B',
      aim: { atMost: 60 },
      note: `${(projection!.bytes / rows).toFixed(1)} B of it projections; ${(raw / rows).toFixed(0)} B uncompressed`,
    },
  ];
}
