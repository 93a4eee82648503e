import { randomUUID } from 'node:crypto';
import { CommandError } from '../command-context.ts';
import { migrate } from '../migrate.ts';
import type { Warehouse } from '../warehouse.ts';
import { backupError } from './backup-error.ts';
import { backupTarget, quoted } from './backup-target.ts';
import { countEvents } from './count-events.ts';

export interface RestoreOptions {
  /** Replace a warehouse that holds events. */
  force?: boolean;
  /** Name of the database inside the backup; by default the name of this one. */
  from?: string;
}

/**
 * Puts a backup in the place of the warehouse. The present database is set aside, and removed only after the backup
 * has been restored and its tables brought up to this version; if anything fails it is put back as it was.
 * @throws CommandError if the warehouse holds events and `force` is not given, or the backup cannot be read.
 */
export async function restoreWarehouse(
  warehouse: Warehouse,
  name: string,
  options: RestoreOptions = {},
): Promise<{ events: number }> {
  const target = backupTarget(warehouse, name);
  const present = warehouse.database;
  const aside = `${present}_before_restore`;
  const replaced = `${present}_replaced`;
  // Statements run from a database of their own: the present one has no name for a moment.
  const desk = await warehouse.scratch(`${present}_restoring`);
  const unchecked = { check_table_dependencies: 0 };
  const drop = (database: string) =>
    desk.command(`DROP DATABASE IF EXISTS ${quoted(database)} SYNC`, undefined, unchecked);
  const rename = (database: string, to: string) =>
    desk.command(`RENAME DATABASE ${quoted(database)} TO ${quoted(to)}`, undefined, unchecked);
  const putBack = async () => {
    await drop(present);
    await rename(aside, present);
  };
  try {
    await drop(replaced);
    // Set aside by a restore that was killed before it had finished: what it left half done goes, what was comes back.
    if (await exists(desk, aside)) await putBack();
    await refuseFull(warehouse, options);
    await rename(present, aside);
    try {
      const what = `${quoted(options.from ?? present)} AS ${quoted(present)}`;
      await desk.command(`RESTORE DATABASE ${what} FROM ${target.sql}`, target.params);
      await migrate(warehouse);
      // Tables were copied one after the other: workers read the log again from where all are complete. One that still
      // runs elsewhere takes its partitions anew: its claim is overtaken (not deleted: 0080_no_mutations.sql says why).
      const id = randomUUID();
      await warehouse.insert('restores', [{ id }]);
      await warehouse.command(
        `INSERT INTO partition_claims (topic, part, epoch, owner)
         SELECT topic, part, max(epoch) + 1, {owner:String} FROM partition_claims WHERE part >= 0 GROUP BY topic, part`,
        { owner: `restore/${id}` },
      );
    } catch (error) {
      await putBack();
      throw backupError(error, target);
    }
    await rename(aside, replaced);
    await drop(replaced);
  } finally {
    await desk.drop();
    await desk.close();
  }
  return { events: await countEvents(warehouse) };
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
