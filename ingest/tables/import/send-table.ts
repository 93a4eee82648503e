import type { EventWriter, PlacedRow } from '@hengjian/contract/event-writer.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { fileSubmission } from '../../files/import-lines.ts';
import type { ImportCounts } from '../../files/line-receiver.ts';
import type { ReadTable } from './open-table.ts';

/** So much at once: more under way would need hundreds of MiB. */
const ROWS_AT_ONCE = 10_000;
const BYTES_AT_ONCE = 8 * 1024 * 1024;

/** Where a row stands: `PATH:SHEET`, of delimited text `PATH`; the number of the row follows. */
export const originOf = (path: string, sheet: string): string => (sheet === '' ? path : `${path}:${sheet}`);

/**
 * Hands the whole plan to the writer.
 * @param path absolute, or what else says where the file came from
 * @param rights of whoever brings it; not given: of the command line
 * @throws when it could not be stored
 */
export async function sendTable(
  { sheets, plan }: ReadTable,
  path: string,
  writer: Pick<EventWriter, 'writeRows'>,
  rights?: WriteRights,
): Promise<ImportCounts> {
  const total: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  let rows: PlacedRow[] = [];
  let bytes = 0;
  let current = 0;
  const send = async () => {
    if (rows.length === 0) return;
    const submission = fileSubmission(originOf(path, sheets[current]!.name));
    const options = rights ? { ...submission, rights } : submission;
    const { accepted, duplicate, rejected } = await writer.writeRows(rows, options);
    total.read += accepted + duplicate + rejected;
    total.accepted += accepted;
    total.duplicate += duplicate;
    total.rejected += rejected;
    rows = [];
    bytes = 0;
  };
  for await (const { sheet, ...placed } of plan.placed()) {
    if (sheet !== current || rows.length >= ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) await send();
    current = sheet;
    // The plan reads into the same memory again.
    rows.push({ ...placed, bytes: Buffer.from(placed.bytes) });
    bytes += placed.bytes.length;
  }
  await send();
  // Known under another source: nothing is offered, and they are counted all the same.
  const known = plan.entries.filter(({ keptElsewhere }) => keptElsewhere).length;
  return { ...total, read: total.read + known, duplicate: total.duplicate + known };
}
