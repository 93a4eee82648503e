/** Rows of a table on their way to a writer: handed over one by one, or as lines to the edge of a running `up`. */
import { isUtf8 } from 'node:buffer';
import type {
  EventWriter,
  Outcome,
  PlacedRow,
  Submission,
  SubmissionOptions,
} from '@hengjian/contract/event-writer.ts';
import { REASONS, type Reason } from '@hengjian/contract/reasons.ts';
import type { Rejection } from '../../check/rejection.ts';

const LF = 10;
const TAB = 9;

/** A writer that keeps what was refused before it came here. */
export interface KeepingWriter<S extends Submission> extends Pick<EventWriter, 'room'> {
  open(options: SubmissionOptions): S;
  take(submission: S, bytes: Buffer, start: number, end: number, position: number, validUtf8: boolean): void;
  refuse(submission: S, rejection: Rejection, bytes: Buffer, size: number, position: number): void;
  flush(submission: S): Promise<Outcome>;
}

/** Resolves when all is durable. @throws when it could not be stored */
export async function handOver<S extends Submission>(
  writer: KeepingWriter<S>,
  rows: Iterable<PlacedRow>,
  options: SubmissionOptions,
): Promise<Outcome> {
  await writer.room();
  const submission = writer.open(options);
  for (const { row, bytes, refusal } of rows) {
    if (submission.failure) throw submission.failure;
    if (!refusal) writer.take(submission, bytes, 0, bytes.length, row, isUtf8(bytes));
    else {
      const { reason, detail, source } = refusal;
      writer.refuse(submission, { reason, detail, source, id: '', type: '' }, bytes, bytes.length, row);
    }
  }
  return writer.flush(submission);
}

/**
 * A line each of row number, reason, source, detail and bytes, with tabs between; JSON holds neither tabs nor line feeds
 * as such. Without a reason the bytes are an event.
 */
export function rowLine({ row, bytes, refusal }: PlacedRow): Buffer {
  const flat = (text: string) => text.replace(/[\t\r\n]/g, ' ');
  const head = refusal
    ? `${row}\t${refusal.reason}\t${flat(refusal.source)}\t${flat(refusal.detail)}\t`
    : `${row}\t\t\t\t`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\n')]);
}

/** @param body whole lines, as `rowLine` writes them @returns undefined if they are none */
export function rowsIn(body: Buffer): PlacedRow[] | undefined {
  const rows: PlacedRow[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(LF, at);
    const line = body.subarray(at, end < 0 ? body.length : end);
    at += line.length + 1;
    const fields: string[] = [];
    let start = 0;
    for (let field = 0; field < 4; field += 1) {
      const tab = line.indexOf(TAB, start);
      if (tab < 0) return undefined;
      fields.push(line.toString('utf8', start, tab));
      start = tab + 1;
    }
    const [row, reason, source, detail] = fields as [string, string, string, string];
    if (!/^\d{1,9}$/.test(row) || (reason !== '' && !Object.hasOwn(REASONS, reason))) return undefined;
    const bytes = line.subarray(start);
    if (reason === '') rows.push({ row: Number(row), bytes, expected: 'accepted' });
    else
      rows.push({
        row: Number(row),
        bytes,
        expected: 'rejected',
        refusal: { reason: reason as Reason, source, detail },
      });
  }
  return rows;
}
