import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Warehouse } from '../warehouse.ts';
import { backupError } from './backup-error.ts';
import { type BackupTarget, backupBytes, backupTarget, quoted } from './backup-target.ts';
import { countEvents } from './count-events.ts';

export interface BackupReport {
  target: BackupTarget;
  /** Counted before: the backup holds at least so many. */
  events: number;
  /** None came meanwhile: it holds exactly so many. */
  exact: boolean;
  /** Undefined where the server keeps the file, or for a directory. */
  bytes: number | undefined;
}

/**
 * Copies the whole database (events, accounts, marts, publications) while it is in use; each table as of one moment.
 * @throws CommandError if the target exists, cannot be written, or has a wrong extension.
 */
export async function backupWarehouse(warehouse: Warehouse, name: string): Promise<BackupReport> {
  const target = backupTarget(warehouse, name);
  const events = await countEvents(warehouse);
  try {
    if (target.local) mkdirSync(dirname(target.local), { recursive: true });
    await warehouse.command(`BACKUP DATABASE ${quoted(warehouse.database)} TO ${target.sql}`, target.params);
  } catch (error) {
    throw backupError(error, target);
  }
  // It holds everything, hashes of passwords and keys included.
  if (target.local) chmodSync(target.local, backupBytes(target) === undefined ? 0o700 : 0o600);
  return { target, events, exact: (await countEvents(warehouse)) === events, bytes: backupBytes(target) };
}
