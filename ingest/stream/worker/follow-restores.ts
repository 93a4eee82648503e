/**
 * After `hengjian restore` each partition of the log is read again from where the backup is complete, once: whoever
 * takes the partition first sets the group's commit back to there, and notes that it did. What of the records from there
 * is stored is found by its offset and left out.
 */
import type { Admin, TopicPartitionOffset } from 'kafkajs';
import type { Logger } from 'pino';
import { readPositionsOf } from './log-positions.ts';
import { type ClaimedPartitions, openRestores } from './open-restores.ts';
import { completeHeights } from './stored-positions.ts';

export interface FollowOptions extends ClaimedPartitions {
  admin: Admin;
  /** Commits for the group, as the present owner of the partitions. */
  commit: (positions: TopicPartitionOffset[]) => Promise<void>;
  logger: Logger;
}

/** @returns where to read on, of the partitions that were set back; nothing of the others */
export async function followRestores(options: FollowOptions): Promise<TopicPartitionOffset[]> {
  const { warehouse, topic, admin, commit, logger } = options;
  const open = await openRestores(options);
  if (open.length === 0) return [];
  const positions = await readPositionsOf(admin, topic, [...new Set(open.map(({ part }) => part))]);
  const complete = await completeHeights(warehouse, topic, new Map(positions.map(({ part, end }) => [part, end])));
  const from = positions.map(({ part, start, committed = start }) => {
    // Never ahead of what was committed: of a topic that was created anew, rows may say too much.
    const offset = Math.max(start, Math.min(committed, complete.get(part)! + 1));
    return { topic, partition: part, offset: String(offset) };
  });
  logger.info({ from }, 'a backup was restored; reading the log again from where it is complete');
  try {
    await commit(from);
    // Only after the commit: until then the next owner must find the restore open.
    const rows = open.map(({ part, restore }) => ({ topic, part, restore }));
    await warehouse.insert('followed_restores', rows);
  } catch (error) {
    logger.info({ err: error }, 'offsets not set back; whoever takes the partitions next reads from there again');
  }
  return from;
}
