/**
 * The writer into the warehouse, of HTTP, files, replays and log workers: admits events, finds duplicates, stores blocks
 * one after the other, and tells each caller when its events are durable.
 *
 * A duplicate is decided before insertion. A key that the filter does not know is new. Of the others those waiting in
 * this process are compared exactly, the rest is looked up in the warehouse when their block is stored; blocks are
 * stored in order, so the look-up sees all that came before. The filter only ever says “maybe”: that it learns a key
 * before the key is stored does no harm. An event called a duplicate of a waiting one fails together with it.
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
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { InsertGuard, Warehouse } from '@hengjian/warehouse';
import { EventChecker } from '../check/event-checker.ts';
import { oversized, type Rejection } from '../check/rejection.ts';
import { handOver } from '../tables/import/placed-rows.ts';
import { admit } from './admit.ts';
import { EventBlock } from './event-block.ts';
import { murmur3, xxHash32 } from './key-hash.ts';
import { KnownKeys } from './known-keys.ts';
import { silence, storageFaultFrom } from './storage-fault.ts';
import { type StoredBlock, storeBlock } from './store-block.ts';
import { type PendingOptions, PendingSubmission } from './submission.ts';
import { writeEvents } from './write-events.ts';

const BLOCK_ROWS = 100_000;
const BLOCK_BYTES = 24 * 1024 * 1024;
const WAITING_BLOCKS = 2;
/** A small block waits so long for company (ms): parts cost more than rows. */
const LINGER_MS = 5;
/** A full block is stored in about a second; a warehouse that says nothing for so long is as good as away. */
const SILENCE_MS = 10_000;

export interface SinkOptions {
  warehouse: Warehouse;
  /** `batch` names the block in the log as recorded_at does in its rows: µs since 1970. */
  onStored?: (stored: StoredBlock & { batch: number; ms: number }) => void;
  onError?: (error: Error) => void;
  now?: () => number;
  /** Of the rule sets in use; unset: what only they know is not judged. */
  limits?: RuleLimits;
  /** Shared by sinks of one process that follow each other; by default the sink reads the keys itself. */
  keys?: KnownKeys;
  /** Events that are known to come: the filter of known keys is made large enough at once. */
  expectedEvents?: number;
  /** A condition that the warehouse checks with each insert: rows of a worker that lost its partitions are refused. */
  guard?: InsertGuard;
  /** 0–999, added to the recording time as µs: writers side by side with different slots never share one. */
  recordedSlot?: number;
  /** Recording times are later than this (µs since 1970), also when the clock is set back. */
  recordedAfter?: number;
}

export class EventSink implements EventWriter {
  readonly findsDuplicates = true;
  readonly #warehouse: Warehouse;
  readonly #onStored: SinkOptions['onStored'];
  readonly #onError: SinkOptions['onError'];
  readonly #now: () => number;
  readonly #checker: EventChecker;
  readonly #keys: KnownKeys;
  readonly #ownsKeys: boolean;
  readonly #guard: InsertGuard | undefined;
  readonly #recordedSlot: number;
  readonly #stopping = new AbortController();
  #current = new EventBlock();
  #waiting: EventBlock[] = [];
  #spare: EventBlock[] = [];
  #storing: EventBlock | undefined;
  #running: Promise<void> | undefined;
  #lastRecorded: number;
  #fault: StorageFault | undefined;
  #storingSince: number | undefined;
  #roomWaiters: (() => void)[] = [];

  constructor({ warehouse, onStored, onError, now = Date.now, ...options }: SinkOptions) {
    this.#warehouse = warehouse;
    this.#onStored = onStored;
    this.#onError = onError;
    this.#now = now;
    this.#checker = new EventChecker(now(), options.limits);
    this.#keys = options.keys ?? new KnownKeys(warehouse, options.expectedEvents);
    this.#ownsKeys = options.keys === undefined;
    this.#guard = options.guard;
    this.#recordedSlot = options.recordedSlot ?? 0;
    this.#lastRecorded = options.recordedAfter ?? 0;
  }

  /** Resolves when the keys of the warehouse are known; until then each key is looked up. */
  ready(): Promise<void> {
    return this.#keys.loaded;
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
    const block = this.#current;
    const rejection = admit(this.#checker, submission.rights, bytes, start, end, validUtf8);
    if (submission.leaveOut?.(rejection ? undefined : this.#checker.fields, position)) return;
    block.enter(submission);
    if (rejection) {
      submission.refuse(rejection, position);
      block.rejects.append(rejection, bytes.subarray(start, end), end - start, submission.origin, position);
    } else this.#keep(block, submission, position);
    if (block.rows >= BLOCK_ROWS || ((block.rows & 63) === 0 && block.bytes >= BLOCK_BYTES) || end - start > 65_536)
      this.#sealIfFull();
  }

  writeRows(rows: readonly PlacedRow[], options: SubmissionOptions): Promise<Outcome> {
    return handOver(this, rows, options);
  }

  takeOversized(submission: PendingSubmission, head: Buffer, size: number, sha256: string, position: number): void {
    this.refuse(submission, oversized(head, size, sha256), head, size, position);
  }

  /** Takes an event that was refused before it came here. @param size of the whole event; `bytes` may be its head */
  refuse(submission: PendingSubmission, rejection: Rejection, bytes: Buffer, size: number, position: number): void {
    this.#current.enter(submission);
    submission.refuse(rejection, position);
    this.#current.rejects.append(rejection, bytes, size, submission.origin, position);
    this.#sealIfFull();
  }

  /** No more than two full blocks wait. */
  hasRoom(): boolean {
    return this.#waiting.length < WAITING_BLOCKS;
  }

  get fault(): StorageFault | undefined {
    return this.#fault ?? silence('warehouse', this.#storingSince, SILENCE_MS);
  }

  async room(): Promise<void> {
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
  }

  /**
   * Stores what the submission has handed over: in a full block, or after `lingerMs` in what there is by then.
   * @throws when it could not be stored.
   */
  async flush(submission: PendingSubmission, lingerMs = LINGER_MS): Promise<Outcome> {
    const block = this.#current;
    if (block.submissions.has(submission)) block.due = Math.min(block.due, performance.now() + lingerMs);
    this.#run();
    return submission.durable();
  }

  /** Bytes that are not durable yet. */
  get pendingBytes(): number {
    return [this.#current, ...this.#waiting, ...(this.#storing ? [this.#storing] : [])].reduce(
      (sum, block) => sum + block.bytes,
      0,
    );
  }

  get pendingRows(): number {
    return [this.#current, ...this.#waiting, ...(this.#storing ? [this.#storing] : [])].reduce(
      (sum, block) => sum + block.rows,
      0,
    );
  }

  /** Stores what is pending, for at most `graceMs`, and stops. */
  async stop(graceMs = 5_000): Promise<void> {
    const abort = setTimeout(() => this.#stopping.abort(), graceMs);
    if (this.#current.rows > 0) this.#seal();
    this.#run();
    while (this.#running) await this.#running;
    clearTimeout(abort);
    this.#stopping.abort();
    if (this.#ownsKeys) await this.#keys.stop();
  }

  #keep(block: EventBlock, submission: PendingSubmission, position: number): void {
    const event = this.#checker.fields;
    const source = this.#keys.sourceHash(event.source);
    const first = murmur3(event.bytes, event.idStart, event.idEnd) ^ source.first;
    const second = xxHash32(event.bytes, event.idStart, event.idEnd) ^ source.second;
    if (!this.#keys.add(first, second)) {
      block.addNew(first, event, submission, position);
      submission.outcome.accepted += 1;
    } else if (this.#isPending(first, event)) {
      block.duplicates.append(event, submission.origin, position);
      submission.outcome.duplicate += 1;
    } else block.addMaybe(first, event, submission, position);
  }

  #isPending(hash: number, event: EventChecker['fields']): boolean {
    return (
      this.#current.has(hash, event) ||
      (this.#storing?.has(hash, event) ?? false) ||
      this.#waiting.some((block) => block.has(hash, event))
    );
  }

  #sealIfFull(): void {
    if (this.#current.rows < BLOCK_ROWS && this.#current.bytes < BLOCK_BYTES) return;
    this.#seal();
    this.#run();
  }

  #seal(): void {
    this.#waiting.push(this.#current);
    this.#current = this.#spare.pop() ?? new EventBlock();
  }

  #run(): void {
    this.#running ??= this.#storeAll().finally(() => {
      this.#running = undefined;
      // Whoever came between the last look and here found somebody running.
      if (this.#waiting.length > 0 || this.#current.due < Number.POSITIVE_INFINITY) this.#run();
    });
  }

  async #storeAll(): Promise<void> {
    for (;;) {
      while (this.#waiting.length === 0) {
        const { due } = this.#current;
        if (due === Number.POSITIVE_INFINITY) return;
        const left = due - performance.now();
        if (left <= 0) this.#seal();
        // Someone with less patience may come meanwhile, or the block may be full.
        else await pause(Math.min(left, LINGER_MS));
      }
      const block = this.#waiting.shift()!;
      this.#storing = block;
      await this.#store(block);
      this.#storing = undefined;
      for (const resolve of this.#roomWaiters.splice(0)) resolve();
    }
  }

  /** Of this block alone: it names the batch. */
  #nextRecorded(): number {
    const nextMs = Math.floor(this.#lastRecorded / 1000) + 1;
    return Math.max(this.#now(), nextMs) * 1000 + this.#recordedSlot;
  }

  async #store(block: EventBlock): Promise<void> {
    const started = performance.now();
    this.#storingSince = started;
    try {
      this.#lastRecorded = this.#nextRecorded();
      const stored = await storeBlock(
        this.#warehouse,
        block,
        this.#lastRecorded,
        this.#stopping.signal,
        this.#guard,
        (error) => {
          this.#fault = storageFaultFrom('warehouse', error, this.#fault);
        },
      );
      for (const submission of block.submissions) submission.leaveBlock();
      block.clear();
      if (this.#spare.length < WAITING_BLOCKS) this.#spare.push(block);
      this.#onStored?.({ ...stored, batch: this.#lastRecorded, ms: performance.now() - started });
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      this.#onError?.(failure);
      // Later blocks may hold duplicates of what was lost here: they fail too, and their callers send again.
      const failed = [block, ...this.#waiting.splice(0), this.#current];
      this.#current = new EventBlock();
      for (const { submissions } of failed) for (const submission of submissions) submission.leaveBlock(failure);
    } finally {
      this.#fault = undefined;
      this.#storingSince = undefined;
    }
  }
}
