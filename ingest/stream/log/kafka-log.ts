/**
 * The edge's side of the event log: the same door as the sink, but what it hands over is durable once the brokers have
 * it. Events are checked here to answer the sender, and again by the worker, since others may write to the topic too;
 * duplicates are found by the workers. What the edge refuses goes through the log as well, with its reason.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { MAX_KEPT_BYTES } from '@hengjian/contract/limits.ts';
import type { IHeaders, Message } from 'kafkajs';
import { EventChecker } from '../../check/event-checker.ts';
import type { Rejection } from '../../check/rejection.ts';
import type { EventDoor } from '../../store/event-door.ts';
import type { Obstacle } from '../../store/obstacle.ts';
import { NO_REQUEST } from '../../store/origin.ts';
import { type Outcome, Ticket, type TicketOptions } from '../../store/ticket.ts';
import type { LogProducer } from './log-producer.ts';
import { refusedHeaders, requestHeaders } from './record-headers.ts';
import { partitionOf, recordKey } from './record-key.ts';

const BATCH_BYTES = 1024 * 1024;
/** More than this is not taken: senders are asked to come again. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024;
const LINGER_MS = 5;
/** What a record weighs beside its value: key, headers, object. */
const RECORD_BYTES = 200;

interface Batch {
  messages: (Message & { partition: number })[];
  bytes: number;
  /** Of the messages: what the edge refused. */
  rejects: number;
  tickets: Set<Ticket>;
  wanted: boolean;
}

export interface KafkaLogOptions {
  now?: () => number;
  /** Told of each batch that the brokers acknowledged, and how long that took. */
  onSent?: ((sent: { records: number; rejects: number; ms: number }) => void) | undefined;
  /** Told of each batch that was given up; its senders are told to send it again. */
  onFailed?: ((error: Error) => void) | undefined;
  /** Why there are no partitions yet. */
  whyClosed?: () => Error | undefined;
}

const emptyBatch = (): Batch => ({ messages: [], bytes: 0, rejects: 0, tickets: new Set(), wanted: false });

export class KafkaLog implements EventDoor {
  readonly findsDuplicates = false;
  readonly #producer: LogProducer;
  readonly #partitions: () => number;
  readonly #now: () => number;
  readonly #checker: EventChecker;
  readonly #onSent: KafkaLogOptions['onSent'];
  readonly #onFailed: KafkaLogOptions['onFailed'];
  readonly #whyClosed: () => Error | undefined;
  #current = emptyBatch();
  #waiting: Batch[] = [];
  #pendingBytes = 0;
  #pendingRows = 0;
  #turn = 0;
  #running: Promise<void> | undefined;
  #roomWaiters: (() => void)[] = [];

  /** @param partitions the number of partitions of the topic at this moment; nothing may be taken before there are any */
  constructor(
    producer: LogProducer,
    partitions: () => number,
    { now = Date.now, onSent, onFailed, whyClosed = () => undefined }: KafkaLogOptions = {},
  ) {
    this.#producer = producer;
    this.#onSent = onSent;
    this.#onFailed = onFailed;
    this.#whyClosed = whyClosed;
    this.#partitions = partitions;
    this.#now = now;
    this.#checker = new EventChecker(now());
  }

  open(options: TicketOptions): Ticket {
    this.#checker.setClock(this.#now());
    return new Ticket(options);
  }

  take(ticket: Ticket, bytes: Buffer, start: number, end: number, position: number, validUtf8: boolean): void {
    const rejection = this.#checker.check(bytes, start, end, validUtf8);
    const event = this.#checker.fields;
    const refusal = rejection ? undefined : ticket.allow?.(event);
    if (rejection || refusal) {
      const whole = rejection ?? {
        ...refusal!,
        source: event.source.text,
        id: event.bytes.toString('utf8', event.idStart, event.idEnd),
        type: event.type.text,
      };
      this.refuse(ticket, whole, bytes.subarray(start, end), end - start, position);
      return;
    }
    ticket.outcome.accepted += 1;
    const key = Buffer.from(recordKey(event));
    const value = Buffer.from(bytes.subarray(start, end));
    this.#append(ticket, { key, value, partition: partitionOf(key, this.#partitions()) });
  }

  takeOversized(ticket: Ticket, head: Buffer, size: number, sha256: string, position: number): void {
    const detail = `${size} bytes; sha256 ${sha256}; the first ${head.length} bytes are kept`;
    this.refuse(ticket, { reason: 'too_large', detail, source: '', id: '', type: '' }, head, size, position);
  }

  /** A refused event has no key to go by; any partition will do. */
  refuse(ticket: Ticket, rejection: Rejection, bytes: Buffer, size: number, position: number): void {
    ticket.refuse(rejection, position);
    const value = Buffer.from(bytes.subarray(0, MAX_KEPT_BYTES));
    this.#turn += 1;
    const partition = this.#turn % this.#partitions();
    // Before it is appended, which may close the batch.
    this.#current.rejects += 1;
    this.#append(ticket, { value, partition, headers: refusedHeaders({ ...rejection, size }) });
  }

  hasRoom(): boolean {
    return this.#pendingBytes < MAX_PENDING_BYTES;
  }

  /** @throws before the log is open, which it may not be for hours */
  async room(): Promise<void> {
    if (this.#partitions() === 0) throw this.obstacle!.error!;
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
  }

  async settle(ticket: Ticket): Promise<Outcome> {
    if (this.#current.tickets.has(ticket)) this.#current.wanted = true;
    this.#run();
    return ticket.settled();
  }

  /** Why what waits is not acknowledged yet, and why nothing is taken at all, which is told at once. */
  get obstacle(): Obstacle | undefined {
    if (this.#partitions() === 0)
      return {
        what: 'log',
        error: this.#whyClosed() ?? new Error('the log is being opened'),
        since: Number.NEGATIVE_INFINITY,
      };
    return this.#pendingRows > 0 ? this.#producer.obstacle : undefined;
  }

  get pendingRows(): number {
    return this.#pendingRows;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  async stop(): Promise<void> {
    if (this.#current.messages.length > 0) this.#seal();
    this.#run();
    await this.#running;
    await this.#producer.close();
  }

  #append(ticket: Ticket, message: Omit<Message, 'headers'> & { partition: number; headers?: IHeaders }): void {
    const { request } = ticket.origin;
    const headers = { ...message.headers, ...(request === NO_REQUEST ? {} : requestHeaders(request)) };
    const batch = this.#current;
    if (!batch.tickets.has(ticket)) {
      batch.tickets.add(ticket);
      ticket.enterBlock();
    }
    const bytes = (message.value?.length ?? 0) + RECORD_BYTES;
    batch.messages.push({ ...message, headers });
    batch.bytes += bytes;
    this.#pendingBytes += bytes;
    this.#pendingRows += 1;
    if (batch.bytes < BATCH_BYTES) return;
    this.#seal();
    this.#run();
  }

  #seal(): void {
    this.#waiting.push(this.#current);
    this.#current = emptyBatch();
  }

  #run(): void {
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = undefined;
    });
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      if (this.#waiting.length === 0) {
        if (!this.#current.wanted) return;
        await pause(LINGER_MS);
        if (this.#waiting.length === 0) this.#seal();
      }
      await this.#send(this.#waiting.shift()!);
    }
  }

  async #send(batch: Batch): Promise<void> {
    const started = performance.now();
    const failure = await this.#producer.append(batch.messages).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    const { messages, rejects } = batch;
    if (failure) this.#onFailed?.(failure);
    else this.#onSent?.({ records: messages.length, rejects, ms: performance.now() - started });
    this.#pendingBytes -= batch.bytes;
    this.#pendingRows -= messages.length;
    for (const ticket of batch.tickets) ticket.leaveBlock(failure);
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }
}
