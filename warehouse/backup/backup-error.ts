import { CommandError } from '../command-context.ts';
import type { BackupTarget } from './backup-target.ts';

const REASONS: [RegExp, (target: BackupTarget) => string][] = [
  [/BACKUP_ALREADY_EXISTS/, ({ shown }) => `${shown} exists already; choose another name.`],
  [/BACKUP_NOT_FOUND/, ({ shown }) => `There is no backup at ${shown}.`],
  [
    /BACKUP_ENTRY_NOT_FOUND/,
    ({ shown }) => `${shown} does not hold the database that is to be restored (--from names another).`,
  ],
  [
    /INVALID_CONFIG_PARAMETER/,
    ({ shown }) =>
      `The server does not allow backups to ${shown}: declare a disk "backups" in its <backups> section, as operations/compose/clickhouse.xml does.`,
  ],
  [/NOT_ENOUGH_SPACE|No space left/, ({ shown }) => `There is not enough space for ${shown}.`],
  [/CANNOT_OPEN_FILE|CANNOT_CREATE|Permission denied/i, ({ shown }) => `${shown} cannot be written or read.`],
];

/** A ClickHouse error about a backup as a sentence that says what to do; others are handed back as they are. */
export function backupError(error: unknown, target: BackupTarget): unknown {
  const text = `${(error as { type?: string }).type ?? ''} ${(error as Error).message ?? ''}`;
  const known = REASONS.find(([pattern]) => pattern.test(text));
  if (known) return new CommandError(known[1](target));
  if (/BACKUP|ARCHIVE|CANNOT_UNPACK|CHECKSUM/.test((error as { type?: string }).type ?? ''))
    return new CommandError(`${target.shown} is not a whole backup: ${(error as Error).message.split('\n')[0]}`);
  return error;
}
