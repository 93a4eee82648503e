import { randomUUID } from 'node:crypto';
import { CommandError } from '../command-context.ts';
import { migrate } from '../migrate.ts';
import { setAsideName } from '../present-database.ts';
import type { Warehouse } from '../warehouse.ts';
import { backupError } from './backup-error.ts';
import { type BackupTarget, backupTarget, quoted } from './backup-target.ts';
import { countEvents } from './count-events.ts';
import { keepTakenAway, type TakenAway } from './keep-taken-away.ts';
import { pointViewsAt } from './point-views-at.ts';

export interface RestoreOptions {
  /** Replace a warehouse that holds events. */
  force?: boolean;
  /** Name of the database inside the backup; by default the name of this one. */
  from?: string;
}

/**
 * Puts a backup in the place of the warehouse. It is restored and brought up to this version beside the present
 * database, which is in use until then: whoever asks finds the one or the other whole. Two renames put it in place; if
 * anything fails the present database stays, or is put back, as it was.
 * @throws CommandError if the warehouse holds events and `force` is not given, or the backup cannot be read.
 */
export async function restoreWarehouse(
  warehouse: Warehouse,
  name: string,
  options: RestoreOptions = {},
): Promise<{ events: number; takenAway: TakenAway }> {
  const target = backupTarget(warehouse, name);
  const present = warehouse.database;
  const restored = `${present}_restored`;
  const aside = setAsideName(present);
  // Statements run from a database of their own: the present one has no name for a moment.
  const desk = await warehouse.scratch(`${present}_restoring`);
  const unchecked = { check_table_dependencies: 0 };
  const drop = (database: string) =>
    desk.command(`DROP DATABASE IF EXISTS ${quoted(database)} SYNC`, undefined, unchecked);
  const rename = (database: string, to: string) =>
    desk.command(`RENAME DATABASE ${quoted(database)} TO ${quoted(to)}`, undefined, unchecked);
  const putBack = async (database: string) => {
    await drop(present);
    await rename(database, present);
  };
  let takenAway: TakenAway;
  try {
    // Set aside by a restore of an earlier version that was killed: what it left half done goes, what was comes back.
    const earlier = `${present}_before_restore`;
    if (await exists(desk, earlier)) await putBack(earlier);
    // Of one that was killed before it had finished, and of one that was killed afterwards.
    await drop(restored);
    await drop(aside);
    await refuseFull(warehouse, options);
    try {
      takenAway = await restoreBeside(warehouse, target, options.from ?? present, restored);
      await rename(present, aside);
      await rename(restored, present).catch(async (error: unknown) => {
        await putBack(aside);
        throw error;
      });
    } catch (error) {
      // What cannot be dropped now the next restore drops; why this one failed is more to the point.
      await drop(restored).catch(() => {});
      throw backupError(error, target);
    }
    await drop(aside);
  } finally {
    await desk.drop();
    await desk.close();
  }
  return { events: await countEvents(warehouse), takenAway };
}

/** All that is done to a restored database before anybody sees it. */
async function restoreBeside(
  warehouse: Warehouse,
  target: BackupTarget,
  from: string,
  database: string,
): Promise<TakenAway> {
  await warehouse.command(`RESTORE DATABASE ${quoted(from)} AS ${quoted(database)} FROM ${target.sql}`, target.params);
  const restored = await warehouse.scratch(database);
  try {
    await migrate(restored);
    // Tables were copied one after the other: workers read the log again from where all are complete. One that still
    // runs elsewhere takes its partitions anew: its claim is overtaken (not deleted: 0080_no_mutations.sql says why).
    const id = randomUUID();
    await restored.insert('restores', [{ id }]);
    await restored.command(
      `INSERT INTO partition_claims (topic, part, epoch, owner)
       SELECT topic, part, max(epoch) + 1, {owner:String} FROM partition_claims WHERE part >= 0 GROUP BY topic, part`,
      { owner: `restore/${id}` },
    );
    // Those of then have ended; one of now that writes without the log knows other keys, and its rows are refused.
    await restored.command('TRUNCATE TABLE leases');
    await restored.command(
      `INSERT INTO leases (owner, kind, step, since)
       SELECT {id:UUID}, 'restore', arrayJoin(['admitted', 'ended']),
         greatest(now64(6), (SELECT max(since) FROM ${quoted(warehouse.database)}.leases) + toIntervalMicrosecond(1))`,
      { id },
    );
    const takenAway = await keepTakenAway(restored, warehouse.database);
    await pointViewsAt(restored, warehouse.database);
    return takenAway;
  } finally {
    await restored.close();
  }
}

async function refuseFull(warehouse: Warehouse, options: RestoreOptions): Promise<void> {
  const held = await countEvents(warehouse);
  if (held > 0 && !options.force)
    throw new CommandError(
      `The warehouse holds ${held.toLocaleString('en')} events; --force replaces them by the backup (make a backup of them first).`,
    );
}

async function exists(desk: Warehouse, database: string): Promise<boolean> {
  return (
    (await desk.query('SELECT name FROM system.databases WHERE name = {database:String}', { database })).length > 0
  );
}
