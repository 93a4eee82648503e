import { setTimeout as pause } from 'node:timers/promises';
import { quoteIdentifier } from './quote-identifier.ts';
import type { Warehouse } from './warehouse.ts';

/** A restore is between its two renames for milliseconds. */
const WAIT_MS = 5_000;

/** What the present database is called from the moment when a restore takes its place until it is dropped. */
export const setAsideName = (database: string): string => `${database}_replaced`;

/**
 * Creates the database if it is missing. One that a restore has just set aside is not missing: an empty one would take its
 * place. If the restore was killed in that moment, what it set aside is put back.
 * @param system the same engine, another database
 */
export async function presentDatabase(system: Warehouse, database: string): Promise<void> {
  const aside = setAsideName(database);
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const found = await system.query<{ name: string }>(
      'SELECT name FROM system.databases WHERE name IN ({database:String}, {aside:String})',
      { database, aside },
    );
    const names = found.map(({ name }) => name);
    if (names.includes(database)) return;
    if (!names.includes(aside)) return system.command(`CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(database)}`);
    if (performance.now() > deadline)
      return system
        .command(`RENAME DATABASE ${quoteIdentifier(aside)} TO ${quoteIdentifier(database)}`)
        .catch(async (error: unknown) => {
          // Another part, which waited as long, was first.
          if ((error as { type?: string }).type !== 'UNKNOWN_DATABASE') throw error;
        });
    await pause(50);
  }
}
