/** Where the edge's events go, chosen by the environment alone: the log if there are brokers, else the warehouse. */
import { answers, type Environment, type Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { openKafkaLogWhenThere } from '../log/open-kafka-log.ts';
import { ActivityNotes } from '../metrics/activity-notes.ts';
import type { IngestMetrics } from '../metrics/ingest-metrics.ts';
import type { EventDoor } from '../sink/event-door.ts';
import { EventSink } from '../sink/event-sink.ts';
import { lastRecorded } from '../sink/last-recorded.ts';

export interface OpenedDoor {
  door: EventDoor;
  /** Whether events can be made durable now. */
  ready(): Promise<boolean>;
  /** What to say when they cannot. */
  away: string;
  /** What was taken is made durable first. */
  stop(): Promise<void>;
}

export interface DoorOptions {
  warehouse: Warehouse;
  environment: Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>;
  metrics: IngestMetrics;
  logger: Logger;
}

/** A log opens when a broker answers. */
export async function openDoor({ warehouse, environment, metrics, logger }: DoorOptions): Promise<OpenedDoor> {
  if (environment.kafkaBrokers.length > 0) {
    const log = await openKafkaLogWhenThere(environment, logger, {
      onSent(sent) {
        metrics.sent(sent);
        logger.debug(sent, 'acknowledged by the brokers');
      },
      onFailed(error) {
        metrics.failed();
        logger.error({ err: error }, 'events could not be appended to the log');
      },
    });
    metrics.watch(log.door);
    return { ...log, away: 'No broker answers.' };
  }
  const notes = new ActivityNotes({ warehouse, logger, door: 'edge' });
  const door = new EventSink({
    warehouse,
    recordedAfter: await lastRecorded(warehouse),
    onStored: (stored) => {
      metrics.stored(stored);
      notes.stored(stored);
      logger.debug(stored, 'block stored');
    },
    onError: (error) => {
      metrics.failed();
      notes.failed();
      logger.error({ err: error }, 'a block could not be stored');
    },
  });
  metrics.watch(door);
  return {
    door,
    ready: () => answers(warehouse),
    away: 'The warehouse does not answer.',
    async stop() {
      await door.stop();
      await notes.stop();
    },
  };
}
