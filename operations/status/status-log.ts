/** What the brokers say to `status`: how far the log is ahead of the warehouse, whoever else may be dead. */
import { askAdmin } from '@hengjian/ingest/stream/log/ask-admin.ts';
import { groupOf } from '@hengjian/ingest/stream/log/topic.ts';
import { countWorkers } from '@hengjian/ingest/stream/worker/count-workers.ts';
import {
  type LogPosition,
  logAdmin,
  readLogPositions,
  storedOffsets,
} from '@hengjian/ingest/stream/worker/log-positions.ts';
import { type Environment, readRunFile, type Warehouse } from '@hengjian/warehouse';
import { pino } from 'pino';
import type { NotedLag } from './read-noted-lag.ts';
import type { Problem } from './status.ts';

export interface LogStatus {
  topic: string;
  /** Records that are in the log and not in the warehouse; null when the brokers or the warehouse do not answer. */
  lag: number | null;
  /** While no broker answers: what was last noted. */
  last_known?: NotedLag;
  /** Members of the consumer group; null when the brokers do not say. */
  workers: number | null;
  partitions: { partition: number; end: number; stored: number; lag: number }[];
}

/** The warehouse is asked at the same time (status-away.ts): together they stay below ten seconds. */
const ANSWER_WITHIN_MS = 8_000;

type Settings = Pick<Environment, 'kafkaBrokers' | 'kafkaTopic' | 'clickhouseUrl' | 'dataDir'>;

/** @param opening undefined when the warehouse does not answer; the brokers are asked meanwhile */
export async function readLogStatus(
  environment: Settings,
  opening: Promise<Warehouse | undefined>,
): Promise<{ log: LogStatus; problems: Problem[] }> {
  const topic = environment.kafkaTopic;
  const [asked, warehouse] = await Promise.all([askBrokers(environment), opening]);
  if ('problem' in asked) return { log: { topic, lag: null, workers: null, partitions: [] }, problems: [asked] };
  const workers = asked.workers ?? null;
  if (!warehouse) return { log: { topic, lag: null, workers, partitions: [] }, problems: [] };
  const stored = await storedOffsets(warehouse, topic, asked.positions);
  const partitions = asked.positions.map(({ part, start, end }) => {
    const next = stored.get(part)!;
    return { partition: part, end, stored: next, lag: Math.max(0, end - Math.max(next, start)) };
  });
  const lag = partitions.reduce((sum, one) => sum + one.lag, 0);
  return { log: { topic, lag, workers, partitions }, problems: lag > 0 ? whoStores(environment, lag, workers) : [] };
}

function whoStores(environment: Settings, lag: number, workers: number | null): Problem[] {
  if (nothingRuns(environment)) return [notStored(lag)];
  return workers === 0 ? [noWorker(lag, environment.kafkaTopic)] : [];
}

async function askBrokers(
  environment: Settings,
): Promise<{ positions: LogPosition[]; workers: number | undefined } | Problem> {
  const { kafkaBrokers, kafkaTopic } = environment;
  const at = kafkaBrokers.join(', ');
  const admin = logAdmin(environment, pino({ level: 'silent' }));
  let connected = false;
  try {
    return await askAdmin(
      admin,
      async () => {
        connected = true;
        return {
          positions: await readLogPositions(admin, kafkaTopic),
          workers: await countWorkers(admin, kafkaTopic),
        };
      },
      ANSWER_WITHIN_MS,
    );
  } catch (error) {
    const { message } = error as Error;
    return connected
      ? {
          problem: 'log_unknown',
          text: `The brokers at ${at} answer, but do not say how far the log goes (${message}).`,
          todo: 'Ask again in a minute; if it stays like this, the logs of the brokers name the reason.',
        }
      : {
          problem: 'brokers_away',
          text: `No broker answers at ${at} (${message}): edges refuse events with 503, and how much waits in the log is not known.`,
          todo: 'Start the brokers or correct KAFKA_BROKERS; edges and workers go on by themselves.',
        };
  }
}

/** With a server elsewhere the workers may be elsewhere too; with the engine of this directory they are not. */
export const nothingRuns = ({ clickhouseUrl, dataDir }: Pick<Environment, 'clickhouseUrl' | 'dataDir'>): boolean =>
  clickhouseUrl === undefined && readRunFile(dataDir) === undefined;

const notStored = (lag: number): Problem => ({
  problem: 'nothing_runs',
  text: `${lag.toLocaleString('en')} records wait in the log and nothing stores them: no up runs on this data directory.`,
  todo: 'npm start; the workers go on where they stopped, nothing is lost.',
});

const noWorker = (lag: number, topic: string): Problem => ({
  problem: 'no_worker',
  text: `${lag.toLocaleString('en')} records wait in the log and no worker is there to store them: the group ${groupOf(topic)} has no members.`,
  todo: 'Start one where the parts run: hengjian up --only worker. A running up starts its own again by itself; if none comes, its log names the reason. Nothing is lost meanwhile.',
});
