/** What the brokers say to `status`: how far the log is ahead of the warehouse, whoever else may be dead. */
import { logAdmin, readLogPositions, storedOffsets } from '@hengjian/ingest/worker/log-positions.ts';
import { type Environment, readRunFile, type Warehouse } from '@hengjian/warehouse';
import { pino } from 'pino';
import type { Problem } from './status.ts';

export interface LogStatus {
  topic: string;
  /** Records that are in the log and not in the warehouse; null when the brokers or the warehouse do not answer. */
  lag: number | null;
  partitions: { partition: number; end: number; stored: number; lag: number }[];
}

/** @param warehouse undefined when it does not answer */
export async function readLogStatus(
  environment: Pick<Environment, 'kafkaBrokers' | 'kafkaTopic' | 'clickhouseUrl' | 'dataDir'>,
  warehouse: Warehouse | undefined,
): Promise<{ log: LogStatus; problems: Problem[] }> {
  const { kafkaBrokers, kafkaTopic: topic } = environment;
  const admin = logAdmin(environment, pino({ level: 'silent' }));
  try {
    await admin.connect();
    const positions = await readLogPositions(admin, topic);
    if (!warehouse) return { log: { topic, lag: null, partitions: [] }, problems: [] };
    const stored = await storedOffsets(warehouse, topic, positions);
    const partitions = positions.map(({ part, start, end }) => {
      const next = stored.get(part)!;
      return { partition: part, end, stored: next, lag: Math.max(0, end - Math.max(next, start)) };
    });
    const lag = partitions.reduce((sum, one) => sum + one.lag, 0);
    return { log: { topic, lag, partitions }, problems: lag > 0 && nothingRuns(environment) ? [notStored(lag)] : [] };
  } catch (error) {
    const problem: Problem = {
      problem: 'brokers_away',
      text: `No broker answers at ${kafkaBrokers.join(', ')} (${(error as Error).message}): edges refuse events with 503, and how much waits in the log is not known.`,
      todo: 'Start the brokers or correct KAFKA_BROKERS; edges and workers go on by themselves.',
    };
    return { log: { topic, lag: null, partitions: [] }, problems: [problem] };
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/** With a server elsewhere the workers may be elsewhere too; with the engine of this directory they are not. */
const nothingRuns = ({ clickhouseUrl, dataDir }: Pick<Environment, 'clickhouseUrl' | 'dataDir'>): boolean =>
  clickhouseUrl === undefined && readRunFile(dataDir) === undefined;

const notStored = (lag: number): Problem => ({
  problem: 'nothing_runs',
  text: `${lag.toLocaleString('en')} records wait in the log and nothing stores them: no up runs on this data directory.`,
  todo: 'npm start; the workers go on where they stopped, nothing is lost.',
});
