/**
 * The one place where writers are opened. Where events go is chosen by the environment and by what runs: an edge has the
 * log if there are brokers, else the warehouse; everybody else has the edge of a running `up` if there is one. Each loads
 * what it needs: an import into the warehouse no client of Kafka.
 */
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { OpenedWriter } from '@hengjian/ingest/edge/start-ingest.ts';
import type { IngestMetrics } from '@hengjian/ingest/metrics/ingest-metrics.ts';
import { EventSink, type SinkOptions } from '@hengjian/ingest/store/event-sink.ts';
import { lastRecorded } from '@hengjian/ingest/store/last-recorded.ts';
import {
  answers,
  type Environment,
  readRunFile,
  TakenOverError,
  type Warehouse,
  writerLease,
} from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { ruleSetKnowledge } from './rule-set-knowledge.ts';

/** What says where events go. */
export type WriterEnvironment = Pick<Environment, 'dataDir'> &
  Partial<Pick<Environment, 'kafkaBrokers' | 'kafkaTopic' | 'ruleset'>>;

export interface EventWriterOptions {
  environment: WriterEnvironment;
  /** Asked for only where this process writes itself. */
  warehouse: () => Promise<Warehouse>;
  /** Many events are known to come: the keys of the warehouse are read first, so that none is looked up. */
  expectedEvents?: number | undefined;
}

/**
 * For a command, or a part that is no edge.
 * @throws CommandError where it would write itself, beside another writer of the same server
 */
export async function openEventWriter(options: EventWriterOptions): Promise<OpenedWriter> {
  const { environment, warehouse, expectedEvents } = options;
  const { dataDir, kafkaBrokers = [], kafkaTopic = '' } = environment;
  const running = () => {
    const run = readRunFile(dataDir);
    return run?.ingest && { url: run.ingest.url, internalKey: run.internalKey };
  };
  if (running()) {
    const { RunningEdge } = await import('@hengjian/ingest/edge/running-edge.ts');
    const writer = new RunningEdge(running, { findsDuplicates: kafkaBrokers.length === 0 });
    return { writer, ready: async () => running() !== undefined, away: 'The edge does not run.', stop: async () => {} };
  }
  const limits = (await ruleSetKnowledge(environment)).limits();
  if (kafkaBrokers.length > 0) {
    const [{ openKafkaLog, grantKey }, { pino }] = await Promise.all([kafkaLog(), import('pino')]);
    // Beside workers nobody else may write: everything goes through the log.
    const log = await openKafkaLog({ kafkaBrokers, kafkaTopic }, pino({ level: 'silent' }), {
      limits,
      grantKey: async () => grantKey(await warehouse()),
    });
    return { ...log, away: NO_BROKER };
  }
  const opened = await openSink(await warehouse(), 'import', {
    limits,
    blocksAtOnce: 2,
    ...(expectedEvents ? { expectedEvents } : {}),
  });
  if (expectedEvents !== undefined) await opened.sink.ready();
  return opened;
}

/** Opens for each use, because the edge may come and go: for parts that write now and then. */
export const writerWhenNeeded = (options: EventWriterOptions): Pick<EventWriter, 'write'> => ({
  async write(events, rights) {
    const opened = await openEventWriter(options);
    try {
      return await opened.writer.write(events, rights);
    } finally {
      await opened.stop();
    }
  },
});

export interface EdgeWriterOptions {
  warehouse: Warehouse;
  environment: WriterEnvironment;
  metrics: IngestMetrics;
  logger: Logger;
  /** The edge cannot go on: the process should end. */
  onFatal?: ((error: Error) => void) | undefined;
}

/** A log opens when a broker answers. @throws if there are no brokers and another one writes into the same server */
export async function openEdgeWriter(options: EdgeWriterOptions): Promise<OpenedWriter> {
  const { warehouse, environment, metrics, logger, onFatal } = options;
  const { kafkaBrokers = [], kafkaTopic = '' } = environment;
  const limits = (await ruleSetKnowledge(environment)).limits();
  if (kafkaBrokers.length > 0) {
    const { openKafkaLogWhenThere, grantKey } = await kafkaLog();
    const { BegunThings } = await import('@hengjian/ingest/store/begun-things.ts');
    const begun = new BegunThings();
    const log = await openKafkaLogWhenThere({ kafkaBrokers, kafkaTopic }, logger, {
      limits,
      begun,
      grantKey: () => grantKey(warehouse),
      onSent(sent) {
        metrics.sent(sent);
        logger.debug(sent, 'acknowledged by the brokers');
      },
      onFailed(error) {
        metrics.failed();
        logger.error({ err: error }, 'events could not be appended to the log');
      },
    });
    metrics.watch(log.writer);
    return { ...log, begun, away: NO_BROKER };
  }
  const { ActivityNotes } = await import('@hengjian/ingest/metrics/activity-notes.ts');
  const notes = new ActivityNotes({ warehouse, logger, door: 'edge' });
  const opened = await openSink(warehouse, 'edge', {
    limits,
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
  metrics.watch(opened.sink);
  return {
    ...opened,
    async stop() {
      await opened.sink.stop();
      await notes.stop();
      await opened.ended();
    },
  };
}

async function kafkaLog() {
  const [log, keys] = await Promise.all([
    import('@hengjian/ingest/stream/log/open-kafka-log.ts'),
    import('@hengjian/ingest/stream/log/grant-keys.ts'),
  ]);
  return { ...log, ...keys };
}

const NO_BROKER = 'No broker answers.';

interface OpenedSink extends OpenedWriter {
  sink: EventSink;
  /** The warehouse is told that nothing more comes. */
  ended(): Promise<void>;
}

async function openSink(
  warehouse: Warehouse,
  kind: 'edge' | 'import',
  options: Omit<SinkOptions, 'warehouse' | 'guard' | 'recordedAfter'>,
): Promise<OpenedSink> {
  // Before the keys are read: what is stored afterwards would not be known.
  const lease = await writerLease(warehouse, { kind });
  const sink = new EventSink({
    warehouse,
    recordedAfter: await lastRecorded(warehouse),
    ...(lease ? { guard: lease.guard } : {}),
    ...options,
  });
  const ended = async () => lease?.end();
  return {
    writer: sink,
    sink,
    ready: () => answers(warehouse),
    away: 'The warehouse does not answer.',
    ended,
    async stop() {
      await sink.stop();
      await ended();
    },
  };
}
