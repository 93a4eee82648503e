/** How far the log goes and how far it is stored, asked of the brokers and the warehouse: no worker need live for it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { Admin, KafkaJSError } from 'kafkajs';
import type { Logger } from 'pino';
import { kafkaClient } from '../log/kafka-client.ts';
import { groupOf } from '../log/topic.ts';
import { openRestores } from './open-restores.ts';
import { storedHeights } from './stored-positions.ts';

/** Electing a leader or a coordinator and loading what a group committed take longer on a busy machine, but not this long. */
const SETTLED_WITHIN_MS = 5_000;

/** One partition, by the brokers' word. */
export interface LogPosition {
  part: number;
  /** The first offset that is still kept. */
  start: number;
  /** The next offset to be produced. */
  end: number;
  /** The next offset to be stored as the workers committed it; undefined if they never did. */
  committed: number | undefined;
}

/** Asks quickly and gives up quickly: whoever looks wants to know now whether the brokers are there. */
export function logAdmin(environment: Pick<Environment, 'kafkaBrokers'>, logger: Logger): Admin {
  return kafkaClient(environment, logger, { initialRetryTime: 100, maxRetryTime: 500, retries: 2 }).admin();
}

/**
 * Empty when the topic does not exist yet. Asks again while the brokers say that they are not ready yet: kafkajs does not
 * where a group is concerned whose coordinator moves, loads, or is made for the first group ever.
 * @throws if no broker answers, or five seconds change nothing
 */
export async function readLogPositions(admin: Admin, topic: string): Promise<LogPosition[]> {
  for (const deadline = performance.now() + SETTLED_WITHIN_MS; ; ) {
    try {
      return await positionsNow(admin, topic);
    } catch (error) {
      if (!mayPass(error) || performance.now() > deadline) throw error;
    }
    await pause(100);
  }
}

/**
 * Of partitions that there must be.
 * @throws if brokers name none or not all of them: one that has just started may not know the topic yet
 */
export async function readPositionsOf(admin: Admin, topic: string, parts: readonly number[]): Promise<LogPosition[]> {
  const positions = (await readLogPositions(admin, topic)).filter(({ part }) => parts.includes(part));
  if (positions.length < parts.length)
    throw new Error(
      `the brokers name ${positions.length} of the ${parts.length} partitions of ${topic} that are read here`,
    );
  return positions;
}

const mayPass = (error: unknown) => {
  const { name, retriable } = error as Partial<KafkaJSError>;
  return retriable === true || name === 'KafkaJSNumberOfRetriesExceeded';
};

async function positionsNow(admin: Admin, topic: string): Promise<LogPosition[]> {
  if (!(await admin.listTopics()).includes(topic)) return [];
  const [ends, groups] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId: groupOf(topic), topics: [topic] }),
  ]);
  // −1 says that the group never committed.
  const committed = new Map(
    (groups[0]?.partitions ?? []).flatMap(({ partition, offset }) =>
      Number(offset) < 0 ? [] : [[partition, Number(offset)]],
    ),
  );
  return ends
    .map(({ partition, low, high }) => ({
      part: partition,
      start: Number(low),
      end: Number(high),
      committed: committed.get(partition),
    }))
    .sort((a, b) => a.part - b.part);
}

/** Whether all that is in the log was dealt with, by the word of the group. */
export const isDrained = (positions: readonly LogPosition[]): boolean =>
  positions.every(({ start, end, committed = start }) => committed >= end);

/**
 * The next offset to be stored of each partition: the further of what the group committed and what the rows show, since
 * the end of a transaction or a second copy leaves no row, and a commit comes after its rows. Of a restored backup that
 * the workers have not followed yet, the rows alone. Reads the origin of all events.
 */
export async function storedOffsets(
  warehouse: Warehouse,
  topic: string,
  positions: readonly LogPosition[],
): Promise<Map<number, number>> {
  const heights = await storedHeights(warehouse, topic, new Map(positions.map(({ part, end }) => [part, end])));
  const open = await openRestores({ warehouse, topic, parts: positions.map(({ part }) => part) });
  const restored = new Set(open.map(({ part }) => part));
  return new Map(
    positions.map(({ part, start, committed = start }) => {
      const height = heights.get(part);
      // Offsets of a topic that was created anew start over: its rows cannot be told from those before, its commits can.
      if (height?.beyond) return [part, committed];
      const shown = Math.max(start, (height?.highest ?? -1) + 1);
      return [part, restored.has(part) ? shown : Math.max(shown, committed)];
    }),
  );
}
