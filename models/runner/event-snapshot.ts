/**
 * The events of one moment, for the many queries of a build: a clone of the log that shares its files, so that it takes
 * no time, no space and no writer's patience. Batches that come meanwhile are for the next build.
 */

import { asideName, type Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import { FACTS_IN_FORCE, READ_COLUMNS, restatedRows } from '@hengjian/warehouse/readable-events.ts';

/** Its name in the database where it was made. */
export const snapshotName = (home: Warehouse): string => asideName(home, 'events_snapshot');

export interface EventSnapshot {
  /** The table, qualified. */
  table: string;
  drop(): Promise<void>;
}

/** @param home where the snapshot is made: the warehouse itself under the refresh lease, or a scratch database */
export async function takeSnapshot(home: Warehouse, eventDatabase: string): Promise<EventSnapshot> {
  const table = `${quoteIdentifier(home.database)}.${snapshotName(home)}`;
  const drop = () => home.command(`DROP TABLE IF EXISTS ${table} SYNC`);
  await drop();
  // Merging what is thrown away in a moment would be work for nothing.
  await home.command(
    `CREATE TABLE ${table} CLONE AS ${quoteIdentifier(eventDatabase)}.events SETTINGS max_bytes_to_merge_at_max_space_in_pool = 1`,
  );
  return { table, drop };
}

/**
 * What a model reads as source('events'): rows whose facts are those of the declarations in force, wherever they stand.
 *
 * @param table of events
 * @param restated rows of it whose facts stand beside the log; 0 leaves that table out
 */
export function eventRows(table: string, eventDatabase: string, restated = Number.POSITIVE_INFINITY): string {
  if (restated === 0) return table;
  return `(SELECT ${READ_COLUMNS}, facts, data FROM ${table} WHERE ${FACTS_IN_FORCE}
    UNION ALL SELECT ${READ_COLUMNS}, facts, '' FROM ${restatedRows(`${quoteIdentifier(eventDatabase)}.`)})`;
}
