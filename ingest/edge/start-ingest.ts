/** The ingest part of `up`: door, keys, HTTP. */
import { type Environment, listenUrl, readRunFile, type Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { edgeDocuments } from '../documents/edge-documents.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { countStoredIn } from './count-stored.ts';
import { buildIngestApp } from './ingest-app.ts';
import { KeyRing } from './keys/key-ring.ts';
import { RememberedKeys } from './keys/remembered-keys.ts';
import { openDoor } from './open-door.ts';

export interface IngestPart {
  url: string;
  port: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  warehouse: Warehouse;
  environment: Pick<
    Environment,
    'dataDir' | 'clickhouseUrl' | 'ingestPort' | 'listenHost' | 'kafkaBrokers' | 'kafkaTopic'
  >;
  logger: Logger;
  /** The edge cannot go on: another one has taken over from it. The process should end. */
  onFatal?: (error: Error) => void;
}

export async function startIngest({ warehouse, environment, logger, onFatal }: StartOptions): Promise<IngestPart> {
  const metrics = new IngestMetrics();
  const opened = await openDoor({ warehouse, environment, metrics, logger, onFatal });
  const hasLog = environment.kafkaBrokers.length > 0;
  const app = await buildIngestApp({
    door: opened.door,
    keys: new KeyRing(warehouse, hasLog ? new RememberedKeys(environment, logger) : undefined),
    metrics,
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
      // Requests under way wait for their blocks, so the door stops with the app. Connections must not hold the app open
      // once their last answer is out.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50);
      await Promise.all([app.close(), opened.stop()]).finally(() => clearInterval(idle));
    },
  };
}
