/**
 * Sends refused events through the writer again, with at most the rights with which they came. What is good now is stored
 * and its reject leaves the open list; what is still wrong stays in the list as it is. A line of a correction file that
 * belongs to no open reject and is wrong becomes a reject of its own: nothing vanishes.
 */
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { Reason } from '@hengjian/contract/reasons.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Rejection } from '../../check/rejection.ts';
import { importBytes } from '../../files/import-bytes.ts';
import type { ImportCounts, LineReceiver } from '../../files/line-receiver.ts';
import { keptRow } from '../../tables/import/kept-row.ts';
import type { TableKnowledge } from '../../tables/import/open-table.ts';
import { RowReplay } from '../../tables/import/replay-rows.ts';
import { nothingRead, ReplayJudge } from './judge-replay.ts';
import {
  closeRejects,
  keyOf,
  openRejects,
  type RejectSelection,
  type RejectSender,
  rejectsOfBytes,
  rejectsOfEvents,
  sendersOf,
} from './open-rejects.ts';
import { RejectsInOtherEncodings, statedKey } from './other-encodings.ts';
import { rejectLine, rejectNamed } from './reject-line.ts';
import { ReplayReceivers } from './replay-receivers.ts';

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

export interface ReplayOptions {
  warehouse: Warehouse;
  writer: EventWriter;
  /** Of the rule sets in use. */
  limits: RuleLimits;
  /** For rows of tables: layouts and the names of units. */
  knowledge: () => TableKnowledge;
  /** With the rights of the office and the registry, whoever sent it. */
  asOffice?: boolean | undefined;
}

/** The original bytes of open rejects, once more: after their reason has passed. */
export async function replayOpen(options: ReplayOptions, selection: RejectSelection): Promise<Replayed> {
  const { warehouse, writer } = options;
  const judge = await ReplayJudge.open(options);
  const receivers = new ReplayReceivers(writer, 'rejects');
  const stillWrong: StillWrong[] = [];
  const closed: string[] = [];
  const rows = replayOfRows(options, receivers);
  for await (const reject of openRejects(warehouse, selection)) {
    const { reject_id, bytes, size, from } = reject;
    const row = size > bytes.length ? undefined : keptRow(bytes);
    if (row) {
      const { recorded_at, reason, detail } = reject;
      const before = { reason: reason as Reason, detail };
      const judgeEvent = (event: Buffer) => judge.line(event, [from]);
      const wrong = await rows().take({
        row,
        rejects: [reject_id],
        before,
        recordedAt: recorded_at,
        judge: judgeEvent,
      });
      if (wrong) stillWrong.push({ place: reject_id, ...wrong });
      continue;
    }
    const text = rejectLine(bytes, reject_id);
    const judged = size > bytes.length ? cutOff(size) : await judge.line(text, [from]);
    if ('reason' in judged) {
      stillWrong.push({ place: reject_id, reason: judged.reason, detail: judged.detail });
      continue;
    }
    await receivers.next(text, judged.rights);
    closed.push(reject_id);
  }
  // Not spread: there may be more than a call takes arguments.
  for (const id of await rows.finish()) closed.push(id);
  const counts = await receivers.finish();
  await closeRejects(warehouse, closed, 'replayed');
  return { ...counts, closed: closed.length, stillWrong };
}

/** Opened with the first row of a table, since only those need layouts and units. */
function replayOfRows({ warehouse, knowledge }: ReplayOptions, receivers: ReplayReceivers) {
  let replay: RowReplay | undefined;
  const open = () => {
    replay ??= new RowReplay(warehouse, knowledge(), { send: (event, rights) => receivers.next(event, rights) });
    return replay;
  };
  /** @returns the rejects whose rows went through */
  open.finish = async (): Promise<string[]> => {
    await replay?.flush();
    return replay?.closed ?? [];
  };
  return open;
}

/** A file of corrected events. @throws when it cannot be read to its end; what came before is stored */
export async function replayFile(
  options: ReplayOptions,
  name: string,
  chunks: AsyncIterable<Buffer>,
): Promise<Replayed> {
  const { warehouse, writer } = options;
  const judge = await ReplayJudge.open(options);
  const receivers = new ReplayReceivers(writer, name);
  const stillWrong: StillWrong[] = [];
  const corrected = new Set<string>();
  const rows = replayOfRows(options, receivers);
  let others: RejectsInOtherEncodings | undefined;
  const filter: LineReceiver = {
    async lines(bytes, firstLine) {
      const lines = linesOf(bytes);
      others ??= await RejectsInOtherEncodings.read(warehouse);
      for (const { index, line, rejects, senders } of await belonging(warehouse, lines, others)) {
        const row = keptRow(line);
        if (row) {
          const before = await unchanged(warehouse, line, rejects);
          const wrong = await rows().take({ row, rejects, before, judge: (event) => judge.line(event, senders) });
          if (wrong) stillWrong.push({ place: `${name}:${firstLine + index}`, ...wrong });
          continue;
        }
        const judged = await judge.line(line, senders);
        if ('reason' in judged && rejects.length > 0) {
          stillWrong.push({ place: `${name}:${firstLine + index}`, reason: judged.reason, detail: judged.detail });
          continue;
        }
        const rights = 'reason' in judged ? undefined : judged.rights;
        await receivers.at(firstLine + index, line, rights);
        if (rights) for (const id of rejects) corrected.add(id);
      }
      return lines.length;
    },
    oversized: (line, number) => receivers.oversized(line, number),
    async finish() {
      for (const id of await rows.finish()) corrected.add(id);
      return receivers.finish();
    },
  };
  const { failure, ...counts } = await importBytes(chunks, filter);
  await closeRejects(warehouse, [...corrected], 'replayed');
  if (failure) throw failure;
  return { ...counts, closed: corrected.size, stillWrong };
}

/** Why a line was refused that is still as it was; undefined if somebody has corrected it. */
async function unchanged(warehouse: Warehouse, line: Buffer, ids: readonly string[]) {
  if (ids.length === 0) return undefined;
  for await (const { bytes, reject_id, reason, detail } of openRejects(warehouse, { ids }))
    if (line.equals(bytes) || line.equals(rejectLine(bytes, reject_id))) return { reason: reason as Reason, detail };
  return undefined;
}

interface Belonging {
  index: number;
  line: Buffer;
  /** The rejects that the line corrects. */
  rejects: string[];
  /** All who sent them, and whose rights it must have. */
  senders: RejectSender[];
}

/**
 * The lines that are not blank, and to which rejects they belong: by name, by the key of the event, by their bytes, as what was
 * sent in another encoding. A name that is that of no reject says nothing.
 */
async function belonging(
  warehouse: Warehouse,
  lines: readonly Buffer[],
  others: RejectsInOtherEncodings,
): Promise<Belonging[]> {
  const names = lines.map(rejectNamed);
  const named = await sendersOf(
    warehouse,
    names.filter((name) => name !== undefined),
  );
  const keys = lines.map((line) => statedKey(line.toString('utf8')));
  const open = await rejectsOfEvents(
    warehouse,
    keys.filter(({ id }) => id !== ''),
  );
  const found: (Omit<Belonging, 'senders'> & { sent: string[] })[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.length === 0) continue;
    const name = names[index];
    const from = name === undefined ? undefined : named.get(name)?.kind;
    const alike = open.get(keyOf(keys[index]!)) ?? others.correctedBy(line, keys[index]!);
    if (name !== undefined && from) {
      // Nobody can tell beforehand what a refused request is called; what a line of a file is, whoever knows the file can, and may
      // have sent the same event with fewer rights.
      found.push({ index, line, rejects: [name], sent: from === 'http' ? [name] : [name, ...alike] });
      continue;
    }
    const rejects = alike.length > 0 ? alike : await rejectsOfBytes(warehouse, line);
    found.push({ index, line, rejects, sent: rejects });
  }
  const senders = await sendersOf(
    warehouse,
    found.flatMap(({ sent }) => sent),
  );
  return found.map(({ sent, ...one }) => ({ ...one, senders: distinct(sent.map((id) => senders.get(id)!)) }));
}

const distinct = (senders: readonly RejectSender[]): RejectSender[] => [
  ...new Map(senders.map((sender) => [JSON.stringify(sender), sender])).values(),
];

const cutOff = (size: number): Rejection => ({
  reason: 'too_large',
  detail: `of ${size} bytes only the head was kept; import the original again`,
  ...nothingRead,
});

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
