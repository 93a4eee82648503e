/**
 * Sends refused events through the door again. What is good now is stored and its reject leaves the open list; what is
 * still wrong stays in the list as it is. A line of a correction file that belongs to no open reject and is wrong
 * becomes a reject of its own: nothing vanishes.
 */
import { isUtf8 } from 'node:buffer';
import type { Reason } from '@hengjian/contract/reasons.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { EventChecker } from '../../check/event-checker.ts';
import type { Rejection } from '../../check/rejection.ts';
import { importBytes } from '../../files/import-bytes.ts';
import type { Importer } from '../../files/import-lines.ts';
import type { ImportCounts, LineReceiver } from '../../files/line-receiver.ts';
import { type KeptRow, keptRow } from '../../tables/import/kept-row.ts';
import type { TableKnowledge } from '../../tables/import/open-table.ts';
import { RowReplay } from '../../tables/import/replay-rows.ts';
import {
  closeRejects,
  keyOf,
  openRejects,
  type Reject,
  type RejectSelection,
  rejectsOfBytes,
  rejectsOfEvents,
} from './open-rejects.ts';
import { rejectLine, rejectNamed } from './reject-line.ts';

export interface StillWrong {
  /** Line of the file, or id of the reject. */
  place: string;
  reason: string;
  detail: string;
}

export interface Replayed extends ImportCounts {
  /** Rejects that left the open list. */
  closed: number;
  stillWrong: StillWrong[];
}

interface Good {
  line: Buffer;
  key: { source: string; id: string };
}

/** The original bytes of open rejects, once more: after their reason has passed. */
export async function replayOpen(
  warehouse: Warehouse,
  importer: Importer,
  selection: RejectSelection,
  knowledge: () => TableKnowledge,
): Promise<Replayed> {
  const checker = new EventChecker(Date.now());
  const receiver = importer.receiver('rejects', 'replay');
  const stillWrong: StillWrong[] = [];
  const closed: string[] = [];
  let line = 1;
  const rows: { kept: KeptRow; reject: Reject }[] = [];
  for await (const reject of openRejects(warehouse, selection)) {
    const { reject_id, bytes, size } = reject;
    const kept = size > bytes.length ? undefined : keptRow(bytes);
    if (kept) {
      rows.push({ kept, reject });
      continue;
    }
    const text = rejectLine(bytes, reject_id);
    const judged = size > bytes.length ? cutOff(size) : judge(checker, text);
    if ('reason' in judged) {
      stillWrong.push({ place: reject_id, reason: judged.reason, detail: judged.detail });
      continue;
    }
    line += await receiver.lines(withLineFeed(text), line);
    closed.push(reject_id);
  }
  if (rows.length > 0) {
    const replay = new RowReplay(warehouse, knowledge(), receiver, line);
    for (const { kept, reject } of rows) {
      const { reject_id, recorded_at, reason, detail } = reject;
      const wrong = await replay.take(kept, [reject_id], { reason: reason as Reason, detail }, recorded_at);
      if (wrong) stillWrong.push({ place: reject_id, ...wrong });
    }
    await replay.flush();
    closed.push(...replay.closed);
  }
  const counts = await receiver.finish();
  await closeRejects(warehouse, closed, 'replayed');
  return { ...counts, closed: closed.length, stillWrong };
}

/** A file of corrected events. @throws when it cannot be read to its end; what came before is stored */
export async function replayFile(
  warehouse: Warehouse,
  importer: Importer,
  name: string,
  chunks: AsyncIterable<Buffer>,
  knowledge: () => TableKnowledge,
): Promise<Replayed> {
  const checker = new EventChecker(Date.now());
  const receiver = importer.receiver(name, 'replay');
  const stillWrong: StillWrong[] = [];
  const corrected = new Set<string>();
  let rows: RowReplay | undefined;
  /** @returns whether the line is a row of a table */
  const takeRow = async (line: Buffer, number: number): Promise<boolean> => {
    const kept = keptRow(line);
    if (!kept) return false;
    const named = rejectNamed(line);
    const [open] = named ? await Array.fromAsync(openRejects(warehouse, { ids: [named] })) : [];
    const same = named ? (open ? [named] : []) : await rejectsOfBytes(warehouse, line);
    const unchanged = open && line.equals(rejectLine(open.bytes, open.reject_id));
    const before = unchanged ? { reason: open.reason as Reason, detail: open.detail } : undefined;
    rows ??= new RowReplay(warehouse, knowledge(), receiver);
    const wrong = await rows.take(kept, same, before, undefined);
    if (wrong) stillWrong.push({ place: `${name}:${number}`, ...wrong });
    return true;
  };
  const filter: LineReceiver = {
    async lines(bytes, firstLine) {
      const lines = linesOf(bytes);
      const judged = lines.map((line) => ({ line, judged: line.length > 0 ? judge(checker, line) : undefined }));
      const keys = judged.flatMap((one) => (one.judged ? [keyIn(one.judged)] : []));
      const open = await rejectsOfEvents(
        warehouse,
        keys.filter(({ id }) => id !== ''),
      );
      for (const [index, { line, judged: result }] of judged.entries()) {
        if (!result || (await takeRow(line, firstLine + index))) continue;
        const named = rejectNamed(line);
        const rejects = named ? [named] : (open.get(keyOf(keyIn(result))) ?? (await rejectsOfBytes(warehouse, line)));
        if ('reason' in result && rejects.length > 0) {
          stillWrong.push({ place: `${name}:${firstLine + index}`, reason: result.reason, detail: result.detail });
          continue;
        }
        await receiver.lines(withLineFeed(line), firstLine + index);
        if (!('reason' in result)) for (const id of rejects) corrected.add(id);
      }
      return lines.length;
    },
    oversized: (line, number) => receiver.oversized(line, number),
    async finish() {
      await rows?.flush();
      for (const id of rows?.closed ?? []) corrected.add(id);
      return receiver.finish();
    },
  };
  const { failure, ...counts } = await importBytes(chunks, filter);
  await closeRejects(warehouse, [...corrected], 'replayed');
  if (failure) throw failure;
  return { ...counts, closed: corrected.size, stillWrong };
}

function judge(checker: EventChecker, line: Buffer): Good | Rejection {
  const rejection = checker.check(line, 0, line.length, isUtf8(line));
  if (rejection) return rejection;
  const { source, bytes, idStart, idEnd } = checker.fields;
  return { line, key: { source: source.text, id: bytes.toString('utf8', idStart, idEnd) } };
}

const keyIn = (judged: Good | Rejection) => ('key' in judged ? judged.key : judged);

const cutOff = (size: number): Rejection => ({
  reason: 'too_large',
  detail: `of ${size} bytes only the head was kept; import the original again`,
  source: '',
  id: '',
  type: '',
});

const withLineFeed = (line: Buffer) => Buffer.concat([line, Buffer.from('\n')]);

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(at, end);
    lines.push(/^\s*$/.test(line.toString('latin1')) ? Buffer.alloc(0) : line);
    at = end + 1;
  }
  return lines;
}
