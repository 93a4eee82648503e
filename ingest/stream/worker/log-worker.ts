/**
 * A member of the consumer group: reads batches, stores them exactly once in effect, then commits. Offsets are committed
 * for lag tools and a quick start; what counts is what the warehouse has.
 *
 * A batch that the sink has taken is resolved, so that the next one is fetched while blocks fill and are stored; it is
 * committed when it is durable, in the order of its partition. Until then it is nobody's: a worker that dies or loses
 * the partition leaves it to the next owner, who reads on from the commit and leaves out what the warehouse has.
 *
 * Of kafkajs: nothing is resolved automatically (a failed batch would be skipped), offsets are resolved once and
 * ascending, commits are explicit, heartbeats go on during long inserts. It joins again a few times where the error
 * passes (a coordinator that moves); after that the process ends and its supervisor starts a fresh one.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';
import type { Admin, Consumer, EachBatchPayload, Kafka, TopicPartitionOffset } from 'kafkajs';
import type { Logger } from 'pino';
import { KnownKeys } from '../../store/known-keys.ts';
import { retry } from '../../store/retry.ts';
import { countPartitions, ensureTopic } from '../log/kafka-client.ts';
import { type LogProducer, logProducer } from '../log/log-producer.ts';
import { type Assignment, type AssignmentOptions, takeAssignment } from './assignment.ts';
import { beating } from './beating.ts';
import { Commits } from './commits.ts';
import { Finishing } from './finishing.ts';
import { followRestores } from './follow-restores.ts';
import { isDrained, readLogPositions } from './log-positions.ts';
import { openRestores } from './open-restores.ts';
import { claimHomes, isFenced } from './partition-claims.ts';
import { positionsToRead } from './positions-to-read.ts';
import { Rejoins } from './rejoins.ts';
import { copiesIn, noteRerouted } from './rerouted.ts';
import { type TakenBatch, takeBatch } from './take-batch.ts';
import { watchClock } from './watch-clock.ts';
import { watchFetches } from './watch-fetches.ts';
import { SESSION_MS, workerConsumer } from './worker-consumer.ts';
import type { SeenBatch, WorkerObserver } from './worker-observer.ts';

/** Its process gives up after twice as long. */
const STOP_MS = 5_000;
/** Between looks whether the group has noticed that this assignment is over. */
const OVER_PAUSE_MS = 100;

export interface LogWorkerOptions extends Partial<Pick<AssignmentOptions, 'guard' | 'limits'>> {
  kafka: Kafka;
  topic: string;
  warehouse: Warehouse;
  logger: Logger;
  observer: WorkerObserver;
  /** The worker cannot go on; the process should end. Called once. */
  onFatal: (error: Error) => void;
  /** What was taken is stored within this at the end, or left to the next owner. */
  stopMs?: number;
}

export class LogWorker {
  readonly #options: LogWorkerOptions;
  readonly #admin: Admin;
  readonly #consumer: Consumer;
  readonly #producer: LogProducer;
  readonly #keys: KnownKeys;
  #homes = 0;
  #assignment: Promise<Assignment> | undefined;
  /** The latest there was, also while there is none. */
  #taken: Promise<Assignment> | undefined;
  /** The assignment whose claim another worker has overtaken; the group tells soon. */
  #lost: Promise<Assignment> | undefined;
  #taking = new Set<Promise<void>>();
  /** Next offset to be taken of each partition of the assignment, once that is known. */
  readonly #next = new Map<number, number>();
  readonly #finishing = new Finishing();
  readonly #commits = new Commits((offsets) => this.#commit(offsets));
  /** Nobody waits for the warehouse any more. */
  readonly #ending = new AbortController();
  #stopping = false;
  #endClockWatch = () => {};
  readonly #rejoins = new Rejoins();

  constructor(options: LogWorkerOptions) {
    this.#options = options;
    const { kafka, topic, logger } = options;
    this.#admin = kafka.admin();
    this.#producer = logProducer(kafka, topic, logger);
    this.#keys = new KnownKeys(options.warehouse);
    this.#consumer = workerConsumer(kafka, topic, async () => this.#rejoins.mayJoin() && !this.#stopping);
  }

  async start(): Promise<void> {
    const { topic, logger } = this.#options;
    this.#endClockWatch = watchClock((seconds) =>
      this.#fail(new Error(`the clock was set back by ${seconds} s; the worker starts afresh`)),
    );
    await this.#admin.connect();
    await ensureTopic(this.#admin, topic, logger);
    const { GROUP_JOIN, REBALANCING, CRASH, START_BATCH_PROCESS } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      const parts = payload.memberAssignment[topic] ?? [];
      this.#rejoins.joined();
      logger.info({ partitions: parts, leader: payload.isLeader, ms: payload.duration }, 'joined the group');
      this.#options.observer.assigned(parts);
      // Its rows would be refused from the next claim on.
      this.#next.clear();
      this.#commits.forget();
      void this.#assignment?.then(({ sink }) => sink.stop(0)).catch(() => {});
      const isCurrent = () => this.#assignment === current;
      const current = parts.length > 0 ? this.#take(parts, this.#taken, isCurrent) : undefined;
      this.#assignment = current;
      this.#taken = current ?? this.#taken;
      current?.catch((error: Error) => isCurrent() && this.#fail(error));
    });
    this.#consumer.on(START_BATCH_PROCESS, ({ payload: { partition, batchSize, firstOffset, lastOffset } }) => {
      // Without a first offset nothing at all came, and the last one says nothing.
      if (batchSize === 0 && firstOffset !== null) this.#pass(partition, Number(firstOffset), Number(lastOffset));
    });
    this.#consumer.on(REBALANCING, () => logger.info('the group is rebalancing'));
    this.#consumer.on(CRASH, ({ payload }) => {
      logger.warn({ err: payload.error, again: payload.restart }, 'the consumer crashed');
      if (!payload.restart) this.#fail(payload.error);
    });
    watchFetches(
      this.#consumer,
      () => this.#assignment !== undefined && this.#taking.size === 0,
      (seconds) => this.#fail(new Error(`no broker has answered a fetch for ${seconds} s; the worker starts afresh`)),
    );
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [topic], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 64,
      eachBatch: async (payload) => {
        const taking = this.#eachBatch(payload);
        this.#taking.add(taking);
        await taking.finally(() => this.#taking.delete(taking));
      },
    });
  }

  /** Finishes what was taken, commits it, leaves the group. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#endClockWatch();
    const { stopMs = STOP_MS } = this.#options;
    const assignment = await this.#assignment?.catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#taking), pause(stopMs, undefined, { ref: false })]);
    this.#ending.abort();
    await assignment?.sink.stop(stopMs);
    await this.#finishing.ended();
    await this.#commits.sent();
    await this.#consumer.disconnect();
    await this.#producer.close();
    await this.#admin.disconnect();
    await this.#keys.stop();
  }

  #fail(error: Error): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#ending.abort();
    this.#options.onFatal(error);
  }

  /**
   * Takes the partitions over: claims them, then decides where to read on. Where kafkajs would read on says nothing: it
   * was asked for when it joined, and others may have stored, or set back, since.
   */
  async #take(
    parts: readonly number[],
    before: Promise<Assignment> | undefined,
    isCurrent: () => boolean,
  ): Promise<Assignment> {
    const { warehouse, topic, logger, observer, guard, limits } = this.#options;
    // One after the other: what an earlier one has still under way must not come after what this one asks for.
    await before?.catch(() => {});
    const where = { warehouse, topic, parts };
    // Alone and with nothing left to read: no copy is on its way to the home it had.
    const partitions = await countPartitions(this.#admin, topic);
    const mayMove =
      parts.length === partitions &&
      (await openRestores(where)).length === 0 &&
      isDrained(await readLogPositions(this.#admin, topic));
    // Whoever has them now is not to be fenced.
    if (!isCurrent()) throw new Error('the group has met again meanwhile; the partitions may be another worker’s');
    this.#homes = await claimHomes(warehouse, topic, partitions, mayMove);
    const assignment = await takeAssignment({
      ...where,
      homes: this.#homes,
      keys: this.#keys,
      logger,
      guard,
      limits,
      onStored: (stored) => observer.stored(stored),
      logEnds: async () =>
        new Map((await this.#admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)])),
    });
    const commit = (positions: TopicPartitionOffset[]) => this.#consumer.commitOffsets(positions);
    // After the claim: a restore that comes later takes the claim away.
    const setBack = await followRestores({ ...where, admin: this.#admin, commit, logger });
    const positions = await positionsToRead({ ...where, admin: this.#admin, assignment, setBack, commit, logger });
    this.#next.clear();
    for (const position of positions) {
      this.#consumer.seek(position);
      this.#next.set(position.partition, Number(position.offset));
    }
    return assignment;
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, isRunning, isStale, resolveOffset } = payload;
    const { topic, warehouse } = this.#options;
    const current = this.#assignment;
    if (!current || batch.messages.length === 0) return;
    const part = batch.partition;
    const [first, last] = [Number(batch.messages[0]!.offset), Number(batch.lastOffset())];
    try {
      const assignment = await beating(payload, current);
      if (this.#stopping || this.#isLost(current)) return await pause(OVER_PAUSE_MS);
      if (!isRunning() || isStale() || !assignment.parts.includes(part)) return;
      this.#options.observer.fetched({ part, first, end: Number(batch.highWatermark) });
      const asked = <T>(ask: () => Promise<T>) => beating(payload, retry(ask, this.#ending.signal));
      const stored = await asked(() => assignment.stored(part, first, last));
      const copies = copiesIn(batch.messages);
      const again = await asked(() => noteRerouted(warehouse, topic, part, copies, assignment.guard));
      const homes = this.#homes;
      const lag = Math.max(0, Number(batch.highWatermark) - last - 1);
      const taken = await beating(
        payload,
        takeBatch({ topic, part, homes, messages: batch.messages, assignment, stored, again, lag }),
      );
      if (taken.departures.length > 0) await beating(payload, this.#producer.append(taken.departures));
      // Also when it is to stop: what was taken is stored, and committed behind it.
      if (this.#isLost(current)) return;
      resolveOffset(String(last));
      this.#next.set(part, last + 1);
      const { durable, leftOut, departures } = taken;
      const seen = { part, first, last, records: batch.messages.length, leftOut, rerouted: departures.length, lag };
      this.#finishing.add(part, () =>
        this.#finish(current, durable, seen).catch((error: Error) => this.#failIn(current, error)),
      );
    } catch (error) {
      // The batch is not resolved: nothing behind it is taken.
      if (!this.#stopping) this.#failIn(current, error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** The group has met again since, or another worker has overtaken the claim. */
  #isLost(assignment: Promise<Assignment> | undefined): boolean {
    return this.#assignment !== assignment || this.#lost === assignment;
  }

  async #finish(current: Promise<Assignment>, durable: TakenBatch['durable'], seen: SeenBatch): Promise<void> {
    const { observer } = this.#options;
    for (const outcome of await durable) observer.outcome({ part: seen.part, ...outcome });
    observer.batch(seen);
    this.#rejoins.well();
    if (!this.#isLost(current)) this.#commits.want(seen.part, seen.last + 1);
  }

  /** Ends of transactions and what was rolled back: kafkajs goes past them by itself, but only in its memory. */
  #pass(part: number, first: number, last: number): void {
    const current = this.#assignment;
    if (!(first <= (this.#next.get(part) ?? -1))) return;
    this.#next.set(part, last + 1);
    this.#finishing.add(part, async () => {
      if (this.#isLost(current)) return;
      this.#commits.want(part, last + 1);
      this.#options.observer.passed({ part, last });
    });
  }

  /**
   * Nothing is committed from here on: batches behind the one that failed may be stored, but what they follow is not. The
   * group tells a worker that lost its partitions to join again; one that is not told ends.
   */
  #failIn(current: Promise<Assignment>, error: Error): void {
    if (this.#isLost(current)) return;
    this.#lost = current;
    this.#commits.forget();
    if (!isFenced(error)) {
      this.#fail(error);
      return;
    }
    this.#options.logger.info(
      { err: error },
      'another worker has these partitions now; what was not stored is left to it',
    );
    setTimeout(() => {
      if (this.#assignment === current) this.#fail(error);
    }, SESSION_MS).unref();
  }

  /** A commit that fails loses nothing: the next owner finds the rows. */
  async #commit(offsets: ReadonlyMap<number, number>): Promise<void> {
    const { topic, logger } = this.#options;
    const positions = [...offsets].map(([partition, offset]) => ({ topic, partition, offset: String(offset) }));
    await this.#consumer
      .commitOffsets(positions)
      .catch((error: Error) => logger.info({ err: error, positions }, 'not committed; the warehouse has it'));
  }
}
