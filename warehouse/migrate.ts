/**
 * Numbered, checksummed migrations: `migrations/NNNN_name.sql`, applied once, in order. A file that changed after it was
 * applied, or a warehouse newer than this program, is refused: both would leave tables that nobody described.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Warehouse } from './warehouse.ts';

export const migrationsDirectory = fileURLToPath(new URL('./migrations/', import.meta.url));

interface Applied {
  name: string;
  checksum: string;
}

/** @throws if a migration fails, or an applied one changed or is unknown here. Returns the names newly applied. */
export async function migrate(warehouse: Warehouse, directory = migrationsDirectory): Promise<string[]> {
  await warehouse.command(
    'CREATE TABLE IF NOT EXISTS migrations (name String, checksum FixedString(64), applied_at DateTime64(3) DEFAULT now64(3)) ENGINE = MergeTree ORDER BY name',
  );
  const applied = new Map(
    (await warehouse.query<Applied>('SELECT name, checksum FROM migrations')).map((row) => [row.name, row.checksum]),
  );
  const files = readdirSync(directory)
    .filter((file) => /^\d{4}_.+\.sql$/.test(file))
    .sort();
  for (const name of applied.keys()) {
    if (!files.includes(name))
      throw new Error(
        `The warehouse has migration ${name}, which this version does not know: start the newer version, or restore a backup.`,
      );
  }
  const fresh: string[] = [];
  for (const file of files) {
    const sql = readFileSync(join(directory, file), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const known = applied.get(file);
    if (known === checksum) continue;
    if (known !== undefined)
      throw new Error(
        `Migration ${file} was changed after it had been applied; restore the file and add a new migration instead.`,
      );
    for (const statement of statementsOf(sql)) await warehouse.command(statement);
    await warehouse.insert('migrations', [{ name: file, checksum }]);
    fresh.push(file);
  }
  return fresh;
}

/** Statements end with a semicolon at the end of a line; `--` lines are comments. */
export function statementsOf(sql: string): string[] {
  return sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;[ \t]*$/m)
    .map((text) => text.trim())
    .filter(Boolean);
}
