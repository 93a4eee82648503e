/** What it looks like when no scheduler lives, wherever it should: nobody looks at the stream, nobody computes the scores. */
import { alertThresholds } from '@hengjian/observe/alerts/alert-thresholds.ts';
import { formatDuration } from '@hengjian/observe/alerts/format-duration.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Problem } from './status.ts';

/** A refresh of the largest district takes less. */
const SCORES_BEHIND_MINUTES = 10;

/**
 * To be asked only where brokers and warehouse answer: else nobody could note anything.
 * @param waiting records in the log that are not stored, as just asked
 * @param events that are stored; without any there is nothing to look at yet
 */
export async function findSilentScheduler(
  warehouse: Warehouse,
  topic: string,
  { waiting, events }: { waiting: number; events: number },
): Promise<Problem[]> {
  const lastIn = async (table: string) => {
    const [last] = await warehouse.query<{ at: string; seconds: number }>(
      `SELECT formatDateTime(max(noted_at), '%Y-%m-%d %H:%i') AS at, dateDiff('second', max(noted_at), now64()) AS seconds
       FROM {table:Identifier} WHERE topic = {topic:String} HAVING count() > 0`,
      { table, topic },
    );
    return last;
  };
  const last = await lastIn('log_notes');
  if (last ? last.seconds < alertThresholds.lag.unknownSeconds : events + waiting === 0) return [];
  const worker = waiting > 0 ? await lastIn('partition_notes') : undefined;
  const stored =
    waiting === 0
      ? ''
      : ` ${waiting.toLocaleString('en')} records wait there; ${worker ? `the last sign of a worker is ${formatDuration('en', worker.seconds)} old (${worker.at})` : 'of a worker there is no sign'}.`;
  return [
    {
      problem: 'scheduler_silent',
      text: `Nobody looks at the stream: ${last ? `the scheduler last noted how far the log goes ${formatDuration('en', last.seconds)} ago (${last.at})` : 'there is no sign of a scheduler'}.${stored}`,
      why: 'It notes that every 15 seconds, and brokers and warehouse answer: it does not run, cannot write (its log says so), or they answer again only since a moment.',
      todo: 'Start one where the parts run: hengjian up --only scheduler (and up --only worker, if none runs). Until then no alert reaches logs and metrics, and nobody computes the scores.',
    },
  ];
}

/** @param behind events that are stored and not computed */
export async function findScoreProblems(warehouse: Warehouse, behind: number): Promise<Problem[]> {
  const [last] = await warehouse.query<{ error: string }>(
    'SELECT error FROM refreshes ORDER BY refreshes.refreshed_at DESC LIMIT 1',
  );
  if (last?.error)
    return [
      {
        problem: 'refresh_failed',
        text: `The last computation of the scores failed: ${last.error.split('\n')[0]}`,
        todo: 'hengjian refresh tries again and says more; the scores shown are those before.',
      },
    ];
  if (behind === 0) return [];
  // Not the newest event: under a steady stream that is always young, whatever waits behind it.
  const [quiet] = await warehouse.query<{ minutes: number; recent: number }>(
    `SELECT dateDiff('minute', (SELECT max(refreshes.refreshed_at) FROM refreshes), now64()) AS minutes, count() AS recent
     FROM events WHERE recorded_at > now64() - INTERVAL {minutes:UInt32} MINUTE`,
    { minutes: SCORES_BEHIND_MINUTES },
  );
  if (quiet!.minutes < SCORES_BEHIND_MINUTES || behind <= quiet!.recent) return [];
  return [
    {
      problem: 'scores_behind',
      text: `${behind.toLocaleString('en')} stored events are not in the scores, and nothing has computed them for ${SCORES_BEHIND_MINUTES} minutes.`,
      todo: 'hengjian refresh computes them now; while up runs, its scheduler does (up --only scheduler).',
    },
  ];
}
