/** The ingest part of `up`: keys and HTTP around a writer. */
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { type Environment, listenUrl, readRunFile, type Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { edgeDocuments } from '../documents/edge-documents.ts';
import type { IngestMetrics } from '../metrics/ingest-metrics.ts';
import type { BegunThings } from '../store/begun-things.ts';
import { findOwners } from '../store/find-owners.ts';
import { countStoredIn } from './count-stored.ts';
import { buildIngestApp } from './ingest-app.ts';
import { KeyRing } from './keys/key-ring.ts';
import { RememberedKeys } from './keys/remembered-keys.ts';

export interface IngestPart {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** A writer, and how it is. */
export interface OpenedWriter {
  writer: EventWriter;
  /** Whether events can be made durable now. */
  ready(): Promise<boolean>;
  /** What to say when they cannot. */
  away: string;
  /** By what it took; of a log, where that is stored a moment later. Otherwise it is stored once it is answered. */
  begun?: BegunThings;
  /** What was taken is made durable first. */
  stop(): Promise<void>;
}

/** The writer is ended with the part. */
export interface StartOptions {
  warehouse: Warehouse;
  environment: Pick<
    Environment,
    'dataDir' | 'clickhouseUrl' | 'ingestPort' | 'listenHost' | 'kafkaBrokers' | 'kafkaTopic'
  >;
  logger: Logger;
  metrics: IngestMetrics;
  opened: OpenedWriter;
}

export async function startIngest(options: StartOptions): Promise<IngestPart> {
  const { warehouse, environment, logger, metrics, opened } = options;
  const hasLog = environment.kafkaBrokers.length > 0;
  const app = await buildIngestApp({
    writer: opened.writer,
    keys: new KeyRing(warehouse, hasLog ? new RememberedKeys(environment, logger) : undefined),
    metrics,
    findOwners: (upon) => findOwners(warehouse, upon, opened.begun),
    ready: opened.ready,
    away: opened.away,
    documents: edgeDocuments(environment),
    internalKey: readRunFile(environment.dataDir)?.internalKey,
    countStored: hasLog ? undefined : countStoredIn(warehouse),
    logger,
  });
  await app.listen({ port: environment.ingestPort, host: environment.listenHost });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : environment.ingestPort;
  return {
    url: listenUrl(environment.listenHost, port),
    port,
    async stop() {
      // Requests under way wait for their blocks, so the writer stops with the app. Connections must not hold the app open
      // once their last answer is out.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50);
      await Promise.all([app.close(), opened.stop()]).finally(() => clearInterval(idle));
    },
  };
}
