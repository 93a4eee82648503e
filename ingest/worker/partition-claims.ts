/**
 * Fencing: at most one process writes a partition, whatever the consumer group believes. A new owner writes its claim
 * and then waits until inserts that began under an older claim have ended; every insert checks, inside the engine and
 * before it reads a row, that the claim of its worker is still the highest. Reads must see earlier writes at once: all
 * workers use the same server (or one replica) of a cluster.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { InsertGuard, Warehouse } from '@hengjian/warehouse';

/** Name of a worker's inserts in system.processes. */
const COMMENT = 'hengjian-worker';
/** The engine drops a silent insert after 10 s (warehouse.insertNative). */
const WAIT_MS = 30_000;

const HOLDERS =
  'SELECT part, max(epoch) AS latest, argMax(owner, (epoch, owner)) AS holder FROM partition_claims WHERE topic = {claim_topic:String} AND part IN {claim_parts:Array(Int32)} GROUP BY part';

/** Claims the partitions for a new owner. @returns the condition under which this owner's inserts are taken. */
export async function claimPartitions(
  warehouse: Warehouse,
  topic: string,
  parts: readonly number[],
): Promise<InsertGuard> {
  const owner = randomUUID();
  const params = { claim_topic: topic, claim_parts: [...parts] };
  for (let held = false; !held; ) {
    const before = await warehouse.query<{ part: number; latest: number }>(HOLDERS, params);
    const epochs = new Map(before.map(({ part, latest }) => [part, latest]));
    await warehouse.insert(
      'partition_claims',
      parts.map((part) => ({ topic, part, epoch: (epochs.get(part) ?? 0) + 1, owner })),
      { token: `${owner}-${[...epochs.values()].join('-')}` },
    );
    // Of two claims of the same epoch the greater owner holds; the other one claims again.
    const after = await warehouse.query<{ holder: string }>(HOLDERS, params);
    held = after.length === parts.length && after.every(({ holder }) => holder === owner);
  }
  const comment = `${COMMENT} ${owner}`;
  await endEarlierInserts(warehouse, topic, parts, owner);
  return {
    // A scalar subquery as a whole: evaluated before the first row is read, and no filter is left for the rows.
    condition: `(SELECT throwIf(countIf(holder = {claim_owner:String}) != {claim_count:UInt32}, 'another worker has claimed a partition of this insert') FROM (SELECT part, argMax(owner, (epoch, owner)) AS holder FROM partition_claims WHERE topic = {claim_topic:String} AND part IN {claim_parts:Array(Int32)} GROUP BY part)) = 0`,
    params: { ...params, claim_owner: owner, claim_count: parts.length },
    comment,
  };
}

/** Whether an insert was refused because its worker lost a partition. */
export const isFenced = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('another worker has claimed a partition');

/** Inserts of workers that have since lost one of these partitions: ended, or waited for. */
async function endEarlierInserts(
  warehouse: Warehouse,
  topic: string,
  parts: readonly number[],
  owner: string,
): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  const earlier = `SELECT query_id FROM system.processes WHERE startsWith(Settings['log_comment'], {comment:String})
    AND substring(Settings['log_comment'], {from:UInt32}) IN
      (SELECT owner FROM partition_claims WHERE topic = {topic:String} AND part IN {parts:Array(Int32)} AND owner != {owner:String})`;
  const params = { comment: `${COMMENT} `, from: COMMENT.length + 2, topic, parts: [...parts], owner };
  for (;;) {
    const running = await warehouse.query<{ query_id: string }>(earlier, params);
    if (running.length === 0) return;
    for (const { query_id } of running)
      await warehouse.command('KILL QUERY WHERE query_id = {query_id:String} ASYNC', { query_id });
    if (Date.now() > deadline)
      throw new Error('an insert of the earlier owner of these partitions does not end; the worker starts again');
    await pause(100);
  }
}
