/**
 * Writers of a warehouse on a server exclude each other where they cannot see each other. Each announces itself and only then looks
 * who is there: of two at the same time at least one sees the other. Should both go on, because a row became visible late,
 * the guard refuses the rows of the one that announced itself first, as it refuses those of one that was frozen
 * while another took over. The embedded engine needs none of this: its data directory has one owner.
 */
import { randomUUID } from 'node:crypto';
import { inTime } from '../answers.ts';
import { CommandError } from '../command-context.ts';
import type { InsertGuard, Warehouse } from '../warehouse.ts';
import { endInserts } from './end-inserts.ts';
import { describeWriter, type LivingWriter, livingWriters, SILENT_SECONDS } from './living-writers.ts';
import { TAKEN_OVER, TRY_LATER } from './taken-over-error.ts';
import { RIVALS, thisProcess, type WriterKind } from './writer.ts';

const EVERY_MS = 5_000;
/** A server that is frozen answers none of them; the others wait for their turn. */
const MOST_PENDING = 3;
const COMMENT = 'hengjian-writer';
/** Name of the inserts of workers (partition-claims.ts). */
const WORKER_COMMENT = 'hengjian-worker';

export interface AnnouncedWriter {
  /** For its inserts: they are refused once another one has taken over. */
  guard: InsertGuard;
  /** Nothing is written any more. */
  end(): Promise<void>;
}

/**
 * @returns undefined where the engine is embedded
 * @throws CommandError naming who writes already
 */
export async function announceWriter(
  warehouse: Warehouse,
  kind: WriterKind,
  topic = '',
): Promise<AnnouncedWriter | undefined> {
  if (!warehouse.engine.startsWith('server')) return undefined;
  const self = { owner: randomUUID(), kind, topic, ...thisProcess() };
  let begun = 0;
  // Later than all before also when the server's clock was set back.
  const note = (step: 'announced' | 'admitted' | 'alive' | 'ended') =>
    warehouse.command(
      `INSERT INTO writers (owner, kind, topic, host, process, started, machine, step, since)
       SELECT {owner:UUID}, {kind:String}, {topic:String}, {host:String}, {process:UInt32}, {started:String}, {machine:String}, {step:String},
         if({begun:Int64} > 0, fromUnixTimestamp64Micro({begun:Int64}), greatest(now64(6), (SELECT max(since) FROM writers) + toIntervalMicrosecond(1)))`,
      { ...self, step, begun },
    );
  let pending = 0;
  const timer = setInterval(() => {
    if (pending >= MOST_PENDING) return;
    pending += 1;
    // The next one tells as much.
    note('alive')
      .catch(() => {})
      .finally(() => (pending -= 1));
  }, EVERY_MS);
  timer.unref();
  const end = async () => {
    clearInterval(timer);
    await inTime(note('ended').then(() => true));
  };
  try {
    await note('announced');
    const living = await livingWriters(warehouse);
    const own = living.findIndex(({ owner }) => owner === self.owner);
    if (own < 0) throw new Error('what was announced in the table "writers" is not found there');
    begun = living[own]!.begun;
    const rival = living.find(
      (other, place) => place !== own && RIVALS[kind].includes(other.kind) && (place < own || other.admitted),
    );
    if (rival) throw new CommandError(refusal(kind, rival), TRY_LATER);
    await note('admitted');
    if (RIVALS[kind].length > 0) await endInsertsOfOthers(warehouse, self);
  } catch (error) {
    await end();
    throw error;
  }
  return { guard: guardOf({ ...self, begun }), end };
}

const WAY_OUT: Record<Exclude<WriterKind, 'scheduler'>, string> = {
  edge: 'Send to that edge, or stop it',
  import: 'Wait until it has ended, or stop it',
  worker: 'Go through the log with the same KAFKA_BROKERS, or stop it',
};

function refusal(kind: WriterKind, rival: LivingWriter): string {
  const way = WAY_OUT[rival.kind as keyof typeof WAY_OUT];
  const several = rival.kind === 'worker' ? '' : '; several writers need KAFKA_BROKERS, and all of them the same';
  return `${capital(describeWriter(rival))} writes into this warehouse, and the ${kind} would not see what it stores: events would be stored twice. ${way}${several}. If it was killed, try again ${SILENT_SECONDS} seconds later.`;
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

function guardOf({ owner, kind, begun }: { owner: string; kind: WriterKind; begun: number }): InsertGuard {
  return {
    condition: `(SELECT throwIf(count() > 0, '${TAKEN_OVER}') FROM writers WHERE step = 'admitted' AND since >= fromUnixTimestamp64Micro({writer_begun:Int64}) AND (since, toString(owner)) > (fromUnixTimestamp64Micro({writer_begun:Int64}), {writer:String}) AND kind IN {writer_rivals:Array(String)}) = 0`,
    params: { writer: owner, writer_begun: begun, writer_rivals: [...RIVALS[kind]] },
    comment: `${COMMENT} ${owner}`,
  };
}

/** Those of a writer that is silent or dead: they passed their guard before this one was admitted. */
async function endInsertsOfOthers(
  warehouse: Warehouse,
  { owner, kind }: { owner: string; kind: WriterKind },
): Promise<void> {
  await endInserts(
    warehouse,
    `SELECT query_id FROM system.processes WHERE current_database = {database:String}
       AND arrayExists(comment -> startsWith(Settings['log_comment'], concat(comment, ' ')), {comments:Array(String)})
       AND Settings['log_comment'] != {own:String}`,
    {
      database: warehouse.database,
      comments: kind === 'worker' ? [COMMENT] : [COMMENT, WORKER_COMMENT],
      own: `${COMMENT} ${owner}`,
    },
    'an insert of the writer that was there before does not end; try again',
  );
}
