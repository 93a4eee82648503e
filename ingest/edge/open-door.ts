/** Where the edge's events go, chosen by the environment alone: the log if there are brokers, else the warehouse. */
import { announceWriter, answers, type Environment, TakenOverError, type Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { ActivityNotes } from '../metrics/activity-notes.ts';
import type { IngestMetrics } from '../metrics/ingest-metrics.ts';
import type { EventDoor } from '../store/event-door.ts';
import { EventSink } from '../store/event-sink.ts';
import { lastRecorded } from '../store/last-recorded.ts';
import { openKafkaLogWhenThere } from '../stream/log/open-kafka-log.ts';

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
  /** The edge cannot go on: the process should end. */
  onFatal?: ((error: Error) => void) | undefined;
}

/** A log opens when a broker answers. @throws if there are no brokers and another one writes into the same server. */
export async function openDoor({ warehouse, environment, metrics, logger, onFatal }: DoorOptions): Promise<OpenedDoor> {
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
  // Before the keys are read: what is stored afterwards would not be known.
  const writer = await announceWriter(warehouse, 'edge');
  const notes = new ActivityNotes({ warehouse, logger, door: 'edge' });
  const door = new EventSink({
    warehouse,
    recordedAfter: await lastRecorded(warehouse),
    ...(writer ? { guard: writer.guard } : {}),
    onStored: (stored) => {
      metrics.stored(stored);
      notes.stored(stored);
      logger.debug(stored, 'block stored');
    },
    onError: (error) => {
      metrics.failed();
      notes.failed();
      logger.error({ err: error }, 'a block could not be stored');
      if (error instanceof TakenOverError) onFatal?.(error);
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
      await writer?.end();
    },
  };
}
