import { existsSync, statSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import { CommandError } from '../command-context.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import type { Warehouse } from '../warehouse.ts';

/** Where a backup lies, as ClickHouse names it; `sql` has the typed parameter {target:String}. */
export interface BackupTarget {
  sql: string;
  params: { target: string };
  /** For people. */
  shown: string;
  /** The path on this machine; undefined where the server keeps it. */
  local: string | undefined;
}

const ARCHIVE = /\.(tar|tar\.gz|tgz|tar\.zst|tzst)$/;

/**
 * An embedded engine writes to a path of this machine. A server writes on its own machine: a plain name goes to its disk
 * `backups` (docker-compose.yml declares it), an absolute path to that path, if its `backups.allowed_path` allows it.
 * @throws CommandError for a file name that ClickHouse would not write as a tar archive.
 */
export function backupTarget(warehouse: Warehouse, name: string): BackupTarget {
  if (/\.[a-z]{2,4}(\.[a-z]{2,4})?$/i.test(basename(name)) && !ARCHIVE.test(name))
    throw new CommandError(
      `${name}: a backup is a .tar, .tar.gz or .tar.zst file, or a directory (a name without an extension).`,
    );
  if (warehouse.engine.startsWith('embedded')) {
    const local = resolve(name);
    return { sql: 'File({target:String})', params: { target: local }, shown: local, local };
  }
  const onPath = isAbsolute(name);
  return {
    sql: onPath ? 'File({target:String})' : "Disk('backups', {target:String})",
    params: { target: name },
    shown: onPath ? `${name} (on the server)` : `${name} (on the server's disk "backups")`,
    local: undefined,
  };
}

/** Bytes of a backup on this machine; undefined where the server keeps it. */
export function backupBytes(target: BackupTarget): number | undefined {
  if (!target.local || !existsSync(target.local)) return undefined;
  const stat = statSync(target.local);
  return stat.isDirectory() ? undefined : stat.size;
}

/**
 * A database name in back-quotes: BACKUP, RESTORE and RENAME DATABASE take no parameters there.
 * @throws CommandError for what can be none
 */
export function quoted(database: string): string {
  if (database.length === 0 || database.length > 128 || /[\p{Cc}`\\/]/u.test(database))
    throw new CommandError(
      `${JSON.stringify(database)} is not a database name (1 to 128 characters; no back-quote, slash or control character).`,
    );
  return quoteIdentifier(database);
}
