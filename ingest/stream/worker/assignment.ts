/**
 * One assignment of partitions, from a join of the group to the next. Taking it over: claim the partitions, so that no
 * earlier owner can write any more; only then ask the warehouse what it has of them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { InsertGuard, Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { EventSink, type SinkOptions } from '../../store/event-sink.ts';
import type { KnownKeys } from '../../store/known-keys.ts';
import { GrantKeys } from '../log/grant-keys.ts';
import { claimPartitions } from './partition-claims.ts';
import { latestRecorded, type StoredRecords, storedBetween, storedHeights } from './stored-positions.ts';

/** The first batch waits so long until the keys of the warehouse are known. */
const KEYS_WITHIN_MS = 10_000;

export interface AssignmentOptions {
  warehouse: Warehouse;
  topic: string;
  parts: readonly number[];
  /** Among how many partitions events have their homes. */
  homes: number;
  keys: KnownKeys;
  logger: Logger;
  /** Checked with the claim: nobody has begun to write without the log. */
  guard?: InsertGuard | undefined;
  onStored: NonNullable<SinkOptions['onStored']>;
  limits: SinkOptions['limits'];
  /** Next offset of each partition in the log: where the producers are. */
  logEnds: () => Promise<Map<number, number>>;
}

export interface Assignment {
  parts: readonly number[];
  guard: InsertGuard;
  sink: EventSink;
  /** Tell the product's own acts from those of a foreign producer. */
  grants: GrantKeys;
  /** The highest stored offset below the end of the log at the take-over; -1 if none. */
  highest(part: number): number;
  /** What is stored of a range of offsets; nothing is asked for offsets that came after the take-over. */
  stored(part: number, first: number, last: number): Promise<StoredRecords | undefined>;
}

export async function takeAssignment(options: AssignmentOptions): Promise<Assignment> {
  const { warehouse, topic, parts, homes, keys, logger, onStored, limits } = options;
  const claim = await claimPartitions(warehouse, topic, parts, homes);
  const guard = options.guard ? bothGuards(claim, options.guard) : claim;
  const logEnds = await options.logEnds();
  const ends = new Map(parts.map((part) => [part, logEnds.get(part) ?? 0]));
  const heights = await storedHeights(warehouse, topic, ends);
  for (const [part, { beyond }] of heights) {
    if (!beyond) continue;
    logger.warn(
      { topic, partition: part, end: ends.get(part) },
      'the log ends before what is stored of it: the topic was created anew; its offsets start over',
    );
  }
  const recordedAfter = await latestRecorded(warehouse);
  // Looking up every key of a batch costs more than this wait; with very many keys it goes on meanwhile.
  await Promise.race([keys.topUp(warehouse), pause(KEYS_WITHIN_MS, undefined, { ref: false })]);
  const sink = new EventSink({
    warehouse,
    keys,
    guard,
    recordedAfter,
    // Partitions are disjoint within the group, so the least one tells its workers apart.
    recordedSlot: Math.min(...parts) % 1000,
    onStored,
    ...(limits ? { limits } : {}),
  });
  const highestOf = (part: number) => heights.get(part)?.highest ?? -1;
  return {
    parts,
    guard,
    sink,
    grants: new GrantKeys(warehouse),
    highest: highestOf,
    stored: async (part, first, last) =>
      first > highestOf(part) ? undefined : storedBetween(warehouse, topic, part, first, last),
  };
}

const bothGuards = (claim: InsertGuard, other: InsertGuard): InsertGuard => ({
  ...claim,
  condition: `${claim.condition} AND ${other.condition}`,
  params: { ...claim.params, ...other.params },
});
