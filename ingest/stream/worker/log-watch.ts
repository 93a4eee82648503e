/**
 * Notes every quarter of a minute how far the log goes and how far it is stored, so that lag is seen by everybody who
 * sees the warehouse, above all when every worker is dead. One runs beside the scheduler.
 */
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { Admin } from 'kafkajs';
import type { Logger } from 'pino';
import { startWatch } from '../../metrics/start-watch.ts';
import { type LogPosition, logAdmin, readLogPositions, storedOffsets } from './log-positions.ts';

const EVERY_MS = 15_000;
const GIVE_UP_MS = 5_000;

/** One partition as it was found. */
export interface LogNote {
  part: number;
  log_start: number;
  log_end: number;
  stored: number;
}

export interface LogWatchOptions {
  warehouse: Warehouse;
  environment: Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>;
  logger: Logger;
  everyMs?: number;
  /** Told of what was found out, also where it cannot be noted. */
  onLook?: (notes: readonly LogNote[]) => void;
}

export function startLogWatch(options: LogWatchOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, everyMs = EVERY_MS, onLook } = options;
  const topic = environment.kafkaTopic;
  let admin: Admin | undefined;
  let away = false;
  /** Where commits and rows differed at the first look: the rows count until something new is committed. */
  let first: Map<number, { committed: number | undefined; stored: number }> | undefined;

  const storedOf = ({ part, start, committed }: LogPosition): number => {
    const known = first?.get(part);
    return known && known.committed === committed ? known.stored : (committed ?? start);
  };
  const look = async () => {
    if (!admin) {
      admin = logAdmin(environment, logger);
      await admin.connect();
    }
    const positions = await readLogPositions(admin, topic);
    if (!first && positions.length > 0) {
      const stored = await storedOffsets(warehouse, topic, positions);
      first = new Map(positions.map(({ part, committed }) => [part, { committed, stored: stored.get(part)! }]));
    }
    const noted_at = new Date().toISOString();
    const notes = positions.map((position) => ({
      part: position.part,
      log_start: position.start,
      log_end: position.end,
      stored: storedOf(position),
    }));
    onLook?.(notes);
    const rows = notes.map((note) => ({ ...note, noted_at, topic }));
    await warehouse.insert('log_notes', rows, { signal: AbortSignal.timeout(GIVE_UP_MS) });
    if (away) logger.info({ topic }, 'the lag is being watched again');
    away = false;
  };
  const watch = startWatch({
    everyMs,
    look,
    async onError(error) {
      // Said once: kafkajs itself warns of each attempt.
      if (!away) logger.warn({ err: error, topic }, 'the lag cannot be read: brokers or warehouse do not answer');
      away = true;
      await admin?.disconnect().catch(() => {});
      admin = undefined;
    },
  });
  return {
    async stop() {
      await watch.stop();
      await admin?.disconnect().catch(() => {});
    },
  };
}
