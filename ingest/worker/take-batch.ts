/** One batch of a partition: into the sink what belongs here and is new; aside what belongs to another partition. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KafkaMessage } from 'kafkajs';
import type { EventFields } from '../check/event-fields.ts';
import {
  type FirstOrigin,
  passedOnFrom,
  passedOnHeaders,
  refusalIn,
  requestHeaders,
  requestIn,
} from '../log/record-headers.ts';
import { partitionOf, recordKey } from '../log/record-key.ts';
import { isValidUtf8 } from '../sink/event-sink.ts';
import { NO_REQUEST, type Origin } from '../sink/origin.ts';
import type { Outcome, Ticket } from '../sink/ticket.ts';
import type { Assignment } from './assignment.ts';
import type { StoredRecords } from './stored-positions.ts';

/** A copy to be produced to the partition of its key. */
export interface Departure {
  partition: number;
  key: Buffer;
  value: Buffer;
  headers: ReturnType<typeof passedOnHeaders>;
  timestamp: string;
}

export interface TakenBatch {
  departures: Departure[];
  /** Records that were stored before, or are second copies. */
  leftOut: number;
  /** Resolves when what the sink took is durable. @throws when it could not be stored. */
  settled: Promise<Outcome[]>;
}

export interface BatchToTake {
  topic: string;
  part: number;
  partitions: number;
  messages: readonly KafkaMessage[];
  assignment: Assignment;
  stored: StoredRecords | undefined;
  /** Offsets of second copies of passed-on records. */
  again: ReadonlySet<number>;
  /** How long the sink may wait for a full block, ms. */
  lingerMs: number | undefined;
}

const EMPTY = Buffer.alloc(0);
const PAUSE_EVERY = 512;

export async function takeBatch(batch: BatchToTake): Promise<TakenBatch> {
  const { topic, part, partitions, messages, assignment, stored, again, lingerMs } = batch;
  const { sink } = assignment;
  const departures: Departure[] = [];
  let leftOut = 0;
  let message: KafkaMessage = messages[0]!;
  const leaveOut = (event: EventFields | undefined, offset: number): boolean => {
    if (again.has(offset) || (stored && isStored(stored, event, offset))) {
      leftOut += 1;
      return true;
    }
    if (!event) return false;
    const key = recordKey(event);
    const home = partitionOf(key, partitions);
    if (home === part) return false;
    departures.push(departure(message, part, home, Buffer.from(key)));
    return true;
  };

  const tickets = new Map<string, Ticket>();
  const ticketOf = (request: string) => {
    let ticket = tickets.get(request);
    if (!ticket) {
      const origin: Origin = { kind: 'kafka', name: topic, part, request };
      ticket = sink.open({ origin, leaveOut });
      tickets.set(request, ticket);
    }
    return ticket;
  };
  let sincePause = 0;
  for (message of messages) {
    const value = message.value ?? EMPTY;
    const ticket = ticketOf(requestIn(message.headers) ?? NO_REQUEST);
    const offset = Number(message.offset);
    const refusal = refusalIn(message.headers);
    if (!refusal) sink.take(ticket, value, 0, value.length, offset, isValidUtf8(value));
    else if (!leaveOut(undefined, offset)) sink.refuse(ticket, refusal, value, refusal.size, offset);
    sincePause += 1;
    if (sincePause < PAUSE_EVERY) continue;
    sincePause = 0;
    // Heartbeats of all partitions must get their turn, also on a machine that has little time for us.
    await nextTurn();
    if (!sink.hasRoom()) await sink.room();
  }
  const settled = Promise.all([...tickets.values()].map((ticket) => sink.settle(ticket, lingerMs)));
  settled.catch(() => {});
  return { departures, leftOut, settled };
}

function isStored(stored: StoredRecords, event: EventFields | undefined, offset: number): boolean {
  if (!stored.byOffset.has(offset)) return false;
  const key = stored.byOffset.get(offset);
  // Another event at the same offset: the topic was created anew, and this record is not the stored one.
  return !event || key === undefined || key === recordKey(event).toString('utf8');
}

function departure(message: KafkaMessage, part: number, partition: number, key: Buffer): Departure {
  const first: FirstOrigin = passedOnFrom(message.headers) ?? {
    part,
    pos: Number(message.offset),
    time: Number(message.timestamp),
  };
  const request = requestIn(message.headers);
  return {
    partition,
    key,
    value: message.value ?? EMPTY,
    headers: { ...passedOnHeaders(first), ...(request ? requestHeaders(request) : {}) },
    timestamp: message.timestamp,
  };
}
