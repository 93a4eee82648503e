/** One batch of a partition: into the sink what belongs here and is new; aside what belongs to another partition. */

import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Origin, Outcome } from '@hengjian/contract/event-writer.ts';
import { fullRights, unrestrictedRights, type WriteRights } from '@hengjian/contract/write-rights.ts';
import type { EventFields } from '../../check/event-fields.ts';
import { NO_REQUEST } from '../../store/origin.ts';
import { rejectId } from '../../store/reject-columns.ts';
import type { PendingSubmission } from '../../store/submission.ts';
import type { LogRecord } from '../log/record-batches.ts';
import {
  grantedHeaders,
  grantedIn,
  type Refusal,
  refusalIn,
  requestHeaders,
  requestIn,
  reroutedHeaders,
} from '../log/record-headers.ts';
import { partitionOf, recordKey } from '../log/record-key.ts';
import type { Assignment } from './assignment.ts';
import type { StoredRecords } from './stored-positions.ts';
import { structuredRecord } from './structured-record.ts';

/** A copy to be produced to the partition of its key. */
export interface Departure {
  partition: number;
  key: Buffer;
  value: Buffer;
  headers: ReturnType<typeof reroutedHeaders>;
}

export interface TakenBatch {
  departures: Departure[];
  /** Records that were stored before, or are second copies. */
  leftOut: number;
  /** Resolves when what the sink took is durable. @throws when it could not be stored. */
  durable: Promise<Outcome[]>;
}

export interface BatchToTake {
  topic: string;
  part: number;
  /** Among how many partitions, the first ones, events have their homes. */
  homes: number;
  messages: readonly LogRecord[];
  assignment: Assignment;
  stored: StoredRecords | undefined;
  /** Offsets of second copies of rerouted records. */
  again: ReadonlySet<number>;
  /** Records that wait behind it. */
  lag: number;
}

/** With so many records behind a batch its block is filled first, for at most so long (ms): the engine pays by the block. */
const BACKLOG = 10_000;
const BACKLOG_LINGER_MS = 500;
const EMPTY = Buffer.alloc(0);
/** So many records, or bytes of them, are taken at a stretch. */
const STRETCH = { records: 512, bytes: 1024 * 1024 };

export async function takeBatch(batch: BatchToTake): Promise<TakenBatch> {
  const { topic, part, homes, messages, assignment, stored, again, lag } = batch;
  const { sink } = assignment;
  const departures: Departure[] = [];
  let leftOut = 0;
  let message: LogRecord = messages[0]!;
  const originOf = (request: string): Origin => ({ kind: 'kafka', name: topic, part, request });
  const leaveOut = (event: EventFields | undefined, offset: number): boolean => {
    if (
      again.has(offset) ||
      (stored && isStored(stored, event, message, originOf(requestIn(message.headers) ?? NO_REQUEST)))
    ) {
      leftOut += 1;
      return true;
    }
    if (!event) return false;
    const key = recordKey(event);
    const home = partitionOf(key, homes);
    if (home === part) return false;
    departures.push(departure(message, part, home, Buffer.from(key)));
    return true;
  };

  const senders: { rights: WriteRights; submissions: Map<string, PendingSubmission> }[] = [
    { rights: unrestrictedRights(topic), submissions: new Map() },
    { rights: fullRights(topic), submissions: new Map() },
  ];
  const submissionOf = (request: string, own: boolean) => {
    const { rights, submissions } = senders[own ? 1 : 0]!;
    let submission = submissions.get(request);
    if (!submission) {
      submission = sink.open({ origin: originOf(request), rights, leaveOut });
      submissions.set(request, submission);
    }
    return submission;
  };
  // Also for the smallest batch: while the warehouse is away nothing more may gather here.
  if (!sink.hasRoom()) await sink.room();
  let stretch = { records: 0, bytes: 0 };
  for (const record of messages) {
    message = structuredRecord(record);
    const value = message.value ?? EMPTY;
    const mark = grantedIn(message.headers);
    const own = mark !== undefined && (await assignment.grants.made(mark, value));
    const submission = submissionOf(requestIn(message.headers) ?? NO_REQUEST, own);
    const offset = Number(message.offset);
    const refusal = refusalOf(message);
    if (!refusal) sink.take(submission, value, 0, value.length, offset, isUtf8(value));
    else if (!leaveOut(undefined, offset)) sink.refuse(submission, refusal, value, refusal.size, offset);
    stretch.records += 1;
    stretch.bytes += value.length;
    if (stretch.records < STRETCH.records && stretch.bytes < STRETCH.bytes) continue;
    stretch = { records: 0, bytes: 0 };
    // Heartbeats of all partitions must get their turn, also on a machine that has little time for us.
    await nextTurn();
    if (!sink.hasRoom()) await sink.room();
  }
  const lingerMs = lag > BACKLOG ? BACKLOG_LINGER_MS : undefined;
  const durable = Promise.all(
    senders.flatMap(({ submissions }) =>
      [...submissions.values()].map((submission) => sink.flush(submission, lingerMs)),
    ),
  );
  durable.catch(() => {});
  return { departures, leftOut, durable };
}

/** Whether the row at a record's offset is of this very record, and not of a topic of the same name that is no more. */
function isStored(stored: StoredRecords, event: EventFields | undefined, message: LogRecord, origin: Origin): boolean {
  const names = stored.byOffset.get(Number(message.offset));
  if (!names) return false;
  const value = message.value ?? EMPTY;
  const size = refusalOf(message)?.size ?? value.length;
  // What was refused once may pass now, and the other way round: rules look at the clock.
  return (
    names.has(rejectId(value, size, origin, Number(message.offset))) ||
    names.has(event ? keyOf(event) : statedKey(value))
  );
}

const refusalOf = ({ unreadable, headers }: LogRecord): Refusal | undefined => unreadable ?? refusalIn(headers);

const keyOf = (event: EventFields) => recordKey(event).toString('utf8');

/** The key that a refused event states; '' if it cannot be read. */
function statedKey(value: Buffer): string {
  try {
    const { source, id } = JSON.parse(value.toString('utf8'));
    return `${source}#${id}`;
  } catch {
    return '';
  }
}

function departure(message: LogRecord, part: number, partition: number, key: Buffer): Departure {
  // This record, also where it is a copy itself (partitions were added): where that one was first is noted for this one.
  const first = { part, pos: Number(message.offset), time: Number(message.timestamp) };
  const request = requestIn(message.headers);
  const mark = grantedIn(message.headers);
  return {
    partition,
    key,
    value: message.value ?? EMPTY,
    // Its own time is that of the copy: by the first one's, retention could remove it before it is read, or brokers refuse it.
    headers: {
      ...reroutedHeaders(first),
      ...(request ? requestHeaders(request) : {}),
      ...(mark ? grantedHeaders(mark) : {}),
    },
  };
}
