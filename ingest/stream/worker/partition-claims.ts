/**
 * Fencing: at most one process writes a partition, whatever the consumer group believes. A new owner writes its claim
 * and then waits until inserts that began under an older claim have ended; every insert checks, inside the engine and
 * before it reads a row, that the claim of its worker is still the highest. Reads must see earlier writes at once: all
 * workers use the same server (or one replica) of a cluster.
 *
 * Among how many partitions events have their homes is claimed likewise: it stays as it was when partitions are added,
 * since copies may be on their way to the homes of then, and two workers that see it differently must not write side by side.
 */
import { randomUUID } from 'node:crypto';
import { endInserts, type InsertGuard, type Warehouse } from '@hengjian/warehouse';

/** In the place of a partition: how many are homes. */
const HOMES = -1;
/** Name of a worker's inserts in system.processes: this, owner, topic. */
const COMMENT = 'hengjian-worker';

const HOLDERS =
  'SELECT part, max(epoch) AS latest, argMax(owner, (epoch, owner)) AS holder FROM partition_claims WHERE topic = {claim_topic:String} AND part IN {claim_parts:Array(Int32)} GROUP BY part';

/**
 * Among how many partitions, the first ones, events have their homes: as many as there were when a worker first asked.
 * @param partitions how many the topic has now; fewer than before if it was created anew
 * @param mayMove no copy is on its way and nobody else reads: all that there are now become homes
 */
export async function claimHomes(
  warehouse: Warehouse,
  topic: string,
  partitions: number,
  mayMove: boolean,
): Promise<number> {
  const [known] = await readHolders(warehouse, topic, [HOMES]);
  const homes = Number(known?.holder ?? 0);
  if (homes === partitions || (homes > 0 && homes < partitions && !mayMove)) return homes;
  await writeClaims(warehouse, topic, new Map([[HOMES, known?.latest ?? 0]]), String(partitions));
  // Of two claims at the same time one holds; the other worker is fenced and asks again.
  const [now] = await readHolders(warehouse, topic, [HOMES]);
  return Number(now!.holder);
}

/**
 * Claims the partitions for a new owner.
 * @param homes among how many partitions this owner looks for homes
 * @returns the condition under which this owner's inserts are taken.
 */
export async function claimPartitions(
  warehouse: Warehouse,
  topic: string,
  parts: readonly number[],
  homes: number,
): Promise<InsertGuard> {
  const owner = `${homes}/${randomUUID()}`;
  await claim(warehouse, topic, parts, owner);
  await endEarlierInserts(warehouse, topic, parts, owner);
  return {
    // A scalar subquery as a whole: evaluated before the first row is read, and no filter is left for the rows.
    condition: `(SELECT throwIf(countIf(holder = if(part = ${HOMES}, {claim_homes:String}, {claim_owner:String})) != {claim_count:UInt32}, 'another worker has claimed a partition of this insert') FROM (SELECT part, argMax(owner, (epoch, owner)) AS holder FROM partition_claims WHERE topic = {claim_topic:String} AND part IN {claim_parts:Array(Int32)} GROUP BY part)) = 0`,
    params: {
      claim_topic: topic,
      claim_parts: [HOMES, ...parts],
      claim_owner: owner,
      claim_homes: String(homes),
      claim_count: parts.length + 1,
    },
    comment: `${COMMENT} ${owner} ${topic}`,
  };
}

interface Holder {
  part: number;
  latest: number;
  holder: string;
}

const readHolders = (warehouse: Warehouse, topic: string, parts: readonly number[]): Promise<Holder[]> =>
  warehouse.query<Holder>(HOLDERS, { claim_topic: topic, claim_parts: [...parts] });

/** Resolves when `owner` holds all of them. */
async function claim(warehouse: Warehouse, topic: string, parts: readonly number[], owner: string): Promise<void> {
  for (;;) {
    const latest = new Map((await readHolders(warehouse, topic, parts)).map((held) => [held.part, held.latest]));
    await writeClaims(warehouse, topic, new Map(parts.map((part) => [part, latest.get(part) ?? 0])), owner);
    // Of two claims of the same epoch the greater owner holds; the other one claims again.
    const after = await readHolders(warehouse, topic, parts);
    if (after.length === parts.length && after.every(({ holder }) => holder === owner)) return;
  }
}

/** Whether an insert was refused because its worker lost a partition. */
export const isFenced = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('another worker has claimed a partition');

/** @param latest the highest epoch known of each partition; the new ones are the next */
const writeClaims = (warehouse: Warehouse, topic: string, latest: ReadonlyMap<number, number>, owner: string) =>
  warehouse.insert(
    'partition_claims',
    [...latest].map(([part, epoch]) => ({ topic, part, epoch: epoch + 1, owner })),
    { token: `${owner}-${topic}-${[...latest.values()].join('-')}` },
  );

/** Inserts of workers that have since lost one of these partitions, or that look for homes elsewhere: ended, or waited for. */
async function endEarlierInserts(
  warehouse: Warehouse,
  topic: string,
  parts: readonly number[],
  owner: string,
): Promise<void> {
  const earlier = `SELECT query_id FROM system.processes WHERE startsWith(Settings['log_comment'], {comment:String})
    AND splitByChar(' ', Settings['log_comment'])[2] IN
      (SELECT owner FROM partition_claims WHERE topic = {topic:String} AND owner != {owner:String}
        AND (part IN {parts:Array(Int32)} OR NOT startsWith(owner, {homes:String})))`;
  const params = {
    comment: `${COMMENT} `,
    topic,
    parts: [...parts],
    owner,
    homes: owner.replace(/[^/]*$/, ''),
  };
  await endInserts(
    warehouse,
    earlier,
    params,
    'an insert of the earlier owner of these partitions does not end; the worker starts again',
  );
}
