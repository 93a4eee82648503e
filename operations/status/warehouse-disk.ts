import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Problem } from './status.ts';

/** Inserts are refused below it (operations/compose/clickhouse.xml); merges need room too. */
export const LEAST_FREE_BYTES = 2 ** 30;

/** The fullest local disk of the engine, as the engine sees it; undefined where it has none (object storage). Bytes. */
export async function fullestDisk(warehouse: Warehouse): Promise<{ path: string; free: number } | undefined> {
  const [disk] = await warehouse.query<{ path: string; free: number }>(
    "SELECT path, free_space AS free FROM system.disks WHERE lower(type) = 'local' AND name != 'backups' ORDER BY free LIMIT 1",
  );
  return disk;
}

export const gibibytes = (bytes: number): string => `${statisticText(bytes / 2 ** 30, 1)} GiB`;

/** For `status`: a disk on which soon nothing can be stored, or nothing can already. */
export async function findDiskProblems(warehouse: Warehouse): Promise<Problem[]> {
  const disk = await fullestDisk(warehouse);
  if (!disk || disk.free >= LEAST_FREE_BYTES) return [];
  return [
    {
      problem: 'disk_full',
      text: `The disk of the warehouse is full or nearly so: ${gibibytes(disk.free)} left at ${disk.path}; edges refuse events with 503 and workers wait when nothing can be stored.`,
      todo: 'Make room (drop old backups, enlarge the volume); everything goes on by itself. What senders were refused they send again.',
    },
  ];
}
