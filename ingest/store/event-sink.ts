/**
 * The writer into the warehouse, of HTTP, files, replays and log workers: admits events, finds duplicates, has blocks
 * stored, and tells each caller when its events are durable.
 *
 * A duplicate is decided before insertion. A key that the filter does not know is new. Of the others those pending in
 * this process are compared exactly, the rest is looked up in the warehouse when their block is stored: that sees all that
 * is pending no longer. The filter only ever says “maybe”: that it learns a key before the key is stored does no harm.
 * An event called a duplicate of a pending one fails together with it (BlockQueue).
 */
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
import { BlockQueue, LINGER_MS } from './block-queue.ts';
import type { EventBlock } from './event-block.ts';
import { murmur3, xxHash32 } from './key-hash.ts';
import { KnownKeys } from './known-keys.ts';
import { silence, storageFaultFrom } from './storage-fault.ts';
import { type StoredBlock, storeBlock } from './store-block.ts';
import { type PendingOptions, PendingSubmission } from './submission.ts';
import { writeEvents } from './write-events.ts';

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
  /** Two where one writer owns the log and reads no offsets from it: a later block may be visible before an earlier one. */
  blocksAtOnce?: 1 | 2;
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
  readonly #queue: BlockQueue;
  #lastRecorded: number;
  #fault: StorageFault | undefined;

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
    this.#queue = new BlockQueue({ store: (block) => this.#store(block), blocksAtOnce: options.blocksAtOnce });
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
    const block = this.#queue.current;
    const rejection = admit(this.#checker, submission.rights, bytes, start, end, validUtf8, submission.owners);
    if (submission.leaveOut?.(rejection ? undefined : this.#checker.fields, position)) return;
    block.enter(submission);
    if (rejection) {
      submission.refuse(rejection, position);
      block.rejects.append(rejection, bytes.subarray(start, end), end - start, submission.origin, position);
    } else this.#keep(block, submission, position);
    // Rows of a full block are a multiple of it; between two looks come at most 2 MiB.
    if ((block.rows & 31) === 0 || end - start > 65_536) this.#queue.sealIfFull();
  }

  writeRows(rows: readonly PlacedRow[], options: SubmissionOptions): Promise<Outcome> {
    return handOver(this, rows, options);
  }

  takeOversized(submission: PendingSubmission, head: Buffer, size: number, sha256: string, position: number): void {
    this.refuse(submission, oversized(head, size, sha256), head, size, position);
  }

  /** Takes an event that was refused before it came here. @param size of the whole event; `bytes` may be its head */
  refuse(submission: PendingSubmission, rejection: Rejection, bytes: Buffer, size: number, position: number): void {
    const block = this.#queue.current;
    block.enter(submission);
    submission.refuse(rejection, position);
    block.rejects.append(rejection, bytes, size, submission.origin, position);
    this.#queue.sealIfFull();
  }

  /** No more than two full blocks wait. */
  hasRoom(): boolean {
    return this.#queue.hasRoom();
  }

  get fault(): StorageFault | undefined {
    return this.#fault ?? silence('warehouse', this.#queue.storingSince, SILENCE_MS);
  }

  room(): Promise<void> {
    return this.#queue.room();
  }

  /**
   * Stores what the submission has handed over: in a full block, or after `lingerMs` in what there is by then.
   * @throws when it could not be stored.
   */
  async flush(submission: PendingSubmission, lingerMs = LINGER_MS): Promise<Outcome> {
    this.#queue.hurry(submission, lingerMs);
    return submission.durable();
  }

  /** Bytes that are not durable yet. */
  get pendingBytes(): number {
    return this.#queue.pending().reduce((sum, block) => sum + block.bytes, 0);
  }

  get pendingRows(): number {
    return this.#queue.pending().reduce((sum, block) => sum + block.rows, 0);
  }

  /** Stores what is pending, for at most `graceMs`, and stops. */
  async stop(graceMs = 5_000): Promise<void> {
    const abort = setTimeout(() => this.#stopping.abort(), graceMs);
    await this.#queue.drain();
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
    return this.#queue.pending().some((block) => block.has(hash, event));
  }

  /** Of this block alone: it names the batch. */
  #nextRecorded(): number {
    const nextMs = Math.floor(this.#lastRecorded / 1000) + 1;
    return Math.max(this.#now(), nextMs) * 1000 + this.#recordedSlot;
  }

  async #store(block: EventBlock): Promise<void> {
    const started = performance.now();
    const batch = this.#nextRecorded();
    this.#lastRecorded = batch;
    try {
      const stored = await storeBlock(this.#warehouse, block, batch, this.#stopping.signal, this.#guard, (error) => {
        this.#fault = storageFaultFrom('warehouse', error, this.#fault);
      });
      this.#onStored?.({ ...stored, batch, ms: performance.now() - started });
    } catch (error) {
      this.#onError?.(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      this.#fault = undefined;
    }
  }
}
