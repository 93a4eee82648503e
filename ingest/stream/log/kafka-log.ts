/**
 * The edge's side of the event log: the same writer as the sink, but what it hands over is durable once the brokers have
 * it. Events are checked here to answer the sender, and again by the worker, since others may write to the topic too;
 * duplicates are found by the workers. What the edge refuses goes through the log as well, with its reason.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type {
  EventWriter,
  Outcome,
  PlacedRow,
  StorageFault,
  SubmissionOptions,
  Written,
} from '@hengjian/contract/event-writer.ts';
import { MAX_KEPT_BYTES } from '@hengjian/contract/limits.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { IHeaders, Message } from 'kafkajs';
import { EventChecker } from '../../check/event-checker.ts';
import { oversized, type Rejection } from '../../check/rejection.ts';
import { admit } from '../../store/admit.ts';
import type { BegunThings } from '../../store/begun-things.ts';
import { NO_REQUEST } from '../../store/origin.ts';
import { type PendingOptions, PendingSubmission } from '../../store/submission.ts';
import { writeEvents } from '../../store/write-events.ts';
import { handOver } from '../../tables/import/placed-rows.ts';
import { grantMark } from './grant-keys.ts';
import type { LogProducer } from './log-producer.ts';
import { grantedHeaders, refusedHeaders, requestHeaders } from './record-headers.ts';
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
  submissions: Set<PendingSubmission>;
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
  /** Of the rule sets in use; unset: what only they know is not judged. */
  limits?: RuleLimits;
  /** Told of every event that is let in, whoever sends it; unset: nobody speaks of what it begins before it is stored. */
  begun?: BegunThings;
  /** With which the product's own acts are marked; unset: there are none. */
  grantKey?: () => Promise<Buffer>;
}

const noGrantKey = () => Promise.reject(new Error('acts of the product itself cannot be marked here'));

const emptyBatch = (): Batch => ({ messages: [], bytes: 0, rejects: 0, submissions: new Set(), wanted: false });

export class KafkaLog implements EventWriter {
  readonly findsDuplicates = false;
  readonly #producer: LogProducer;
  readonly #partitions: () => number;
  readonly #now: () => number;
  readonly #checker: EventChecker;
  readonly #onSent: KafkaLogOptions['onSent'];
  readonly #onFailed: KafkaLogOptions['onFailed'];
  readonly #whyClosed: () => Error | undefined;
  readonly #grantKey: () => Promise<Buffer>;
  readonly #begun: BegunThings | undefined;
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
    {
      now = Date.now,
      onSent,
      onFailed,
      whyClosed = () => undefined,
      limits,
      begun,
      grantKey = noGrantKey,
    }: KafkaLogOptions = {},
  ) {
    this.#producer = producer;
    this.#onSent = onSent;
    this.#grantKey = grantKey;
    this.#begun = begun;
    this.#onFailed = onFailed;
    this.#whyClosed = whyClosed;
    this.#partitions = partitions;
    this.#now = now;
    this.#checker = new EventChecker(now(), limits);
  }

  write(events: readonly object[], rights: WriteRights): Promise<Written> {
    return writeEvents(this, events, rights);
  }

  open(options: PendingOptions): PendingSubmission {
    this.#checker.setClock(this.#now());
    return new PendingSubmission(options);
  }

  take(
    submission: PendingSubmission,
    bytes: Buffer,
    start: number,
    end: number,
    position: number,
    validUtf8: boolean,
  ): void {
    const rejection = admit(this.#checker, submission.rights, bytes, start, end, validUtf8, submission.owners);
    if (rejection) {
      this.refuse(submission, rejection, bytes.subarray(start, end), end - start, position);
      return;
    }
    const event = this.#checker.fields;
    submission.outcome.accepted += 1;
    this.#begun?.note(event);
    const key = Buffer.from(recordKey(event));
    const value = Buffer.from(bytes.subarray(start, end));
    const message = { key, value, partition: partitionOf(key, this.#partitions()) };
    if (eventTypes.get(event.type.text)?.actor === 'product') this.#appendMarked(submission, message);
    else this.#append(submission, message);
  }

  writeRows(rows: readonly PlacedRow[], options: SubmissionOptions): Promise<Outcome> {
    return handOver(this, rows, options);
  }

  takeOversized(submission: PendingSubmission, head: Buffer, size: number, sha256: string, position: number): void {
    this.refuse(submission, oversized(head, size, sha256), head, size, position);
  }

  /** A refused event has no key to go by; any partition will do. */
  refuse(submission: PendingSubmission, rejection: Rejection, bytes: Buffer, size: number, position: number): void {
    submission.refuse(rejection, position);
    const value = Buffer.from(bytes.subarray(0, MAX_KEPT_BYTES));
    this.#turn += 1;
    const partition = this.#turn % this.#partitions();
    // Before it is appended, which may close the batch.
    this.#current.rejects += 1;
    this.#append(submission, { value, partition, headers: refusedHeaders({ ...rejection, size }) });
  }

  hasRoom(): boolean {
    return this.#pendingBytes < MAX_PENDING_BYTES;
  }

  /** @throws before the log is open, which it may not be for hours */
  async room(): Promise<void> {
    if (this.#partitions() === 0) throw this.fault!.error!;
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
  }

  async flush(submission: PendingSubmission): Promise<Outcome> {
    if (this.#current.submissions.has(submission)) this.#current.wanted = true;
    this.#run();
    return submission.durable();
  }

  /** Why what waits is not acknowledged yet, and why nothing is taken at all, which is told at once. */
  get fault(): StorageFault | undefined {
    if (this.#partitions() === 0)
      return {
        what: 'log',
        error: this.#whyClosed() ?? new Error('the log is being opened'),
        since: Number.NEGATIVE_INFINITY,
      };
    return this.#pendingRows > 0 ? this.#producer.fault : undefined;
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

  #append(
    submission: PendingSubmission,
    message: Omit<Message, 'headers'> & { partition: number; headers?: IHeaders },
  ): void {
    const { request } = submission.origin;
    const headers = { ...message.headers, ...(request === NO_REQUEST ? {} : requestHeaders(request)) };
    const batch = this.#current;
    if (!batch.submissions.has(submission)) {
      batch.submissions.add(submission);
      submission.enterBlock();
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

  /** An act of the product itself waits for the key to mark it with; without one it is not durable. */
  #appendMarked(submission: PendingSubmission, message: Message & { value: Buffer; partition: number }): void {
    submission.enterBlock();
    this.#grantKey().then(
      (secret) => {
        this.#append(submission, { ...message, headers: grantedHeaders(grantMark(secret, message.value)) });
        submission.leaveBlock();
        this.#current.wanted = true;
        this.#run();
      },
      (error: Error) => submission.leaveBlock(error),
    );
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
    for (const submission of batch.submissions) submission.leaveBlock(failure);
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }
}
