/**
 * Where to read partitions on that were just claimed: what the group committed, asked after the claim, since nobody else
 * can store or set back from then on; lower where the warehouse shows less.
 */
import type { Admin, TopicPartitionOffset } from 'kafkajs';
import type { Logger } from 'pino';
import type { Assignment } from './assignment.ts';
import { readPositionsOf } from './log-positions.ts';

interface PositionsOptions {
  admin: Admin;
  topic: string;
  parts: readonly number[];
  assignment: Assignment;
  /** Where to read after a restore. */
  setBack: readonly TopicPartitionOffset[];
  /** Commits for the group, as the present owner of the partitions. */
  commit: (positions: TopicPartitionOffset[]) => Promise<void>;
  logger: Logger;
}

export async function positionsToRead(options: PositionsOptions): Promise<TopicPartitionOffset[]> {
  const { admin, topic, parts, assignment, setBack, commit, logger } = options;
  const after = new Map(setBack.map(({ partition, offset }) => [partition, Number(offset)]));
  const positions = await readPositionsOf(admin, topic, parts);
  const lower: TopicPartitionOffset[] = [];
  const from = positions.map(({ part, start, committed = start }) => {
    // A warehouse put back by other means has less than was committed; copies on their way elsewhere do not show yet.
    const shown = Math.max(start, assignment.highest(part) + 1);
    const offset = Math.max(start, Math.min(committed, shown, after.get(part) ?? committed));
    const position = { topic, partition: part, offset: String(offset) };
    if (offset < committed) lower.push(position);
    return position;
  });
  if (lower.length > 0) {
    logger.info({ from: lower }, 'reading again what the warehouse does not show');
    // So that lag is told as it is; nothing is lost if it fails.
    await commit(lower).catch((error: Error) => logger.info({ err: error }, 'offsets not set back'));
  }
  return from;
}
