import type { Importer } from '../../files/import-lines.ts';
import type { ImportCounts } from '../../files/line-receiver.ts';
import type { ReadTable } from './open-table.ts';
import type { RowReceiver } from './row-receiver.ts';

/** Where a row stands: `PATH:SHEET`, of delimited text `PATH`; the number of the row follows. */
export const originOf = (path: string, sheet: string): string => (sheet === '' ? path : `${path}:${sheet}`);

/** Hands the whole plan to the door. @param path absolute @throws when it could not be stored */
export async function sendTable({ sheets, plan }: ReadTable, path: string, importer: Importer): Promise<ImportCounts> {
  const receivers: RowReceiver[] = [];
  for await (const { sheet, ...placed } of plan.placed()) {
    receivers[sheet] ??= importer.rows(originOf(path, sheets[sheet]!.name));
    await receivers[sheet].take(placed);
  }
  const total: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  for (const receiver of receivers) {
    if (!receiver) continue;
    const counts = await receiver.finish();
    for (const name of ['read', 'accepted', 'duplicate', 'rejected'] as const) total[name] += counts[name];
  }
  return total;
}
