/** The ingest part of `up`: sink, keys, HTTP. */
import { type Environment, readRunFile, type Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { KeyRing } from '../keys/key-ring.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../sink/event-sink.ts';
import { buildIngestApp } from './ingest-app.ts';

export interface IngestPart {
  url: string;
  port: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  warehouse: Warehouse;
  environment: Pick<Environment, 'dataDir' | 'ingestPort' | 'listenHost'>;
  logger: Logger;
}

export async function startIngest({ warehouse, environment, logger }: StartOptions): Promise<IngestPart> {
  const metrics = new IngestMetrics();
  const sink = new EventSink({
    warehouse,
    onStored: (stored) => {
      metrics.stored(stored);
      logger.debug(stored, 'block stored');
    },
    onError: (error) => {
      metrics.failed();
      logger.error({ err: error }, 'a block could not be stored');
    },
  });
  metrics.watch(sink);
  const app = await buildIngestApp({
    door: sink,
    keys: new KeyRing(warehouse),
    metrics,
    ready: () => answers(warehouse),
    internalKey: readRunFile(environment.dataDir)?.internalKey,
    logger,
  });
  await app.listen({ port: environment.ingestPort, host: environment.listenHost });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : environment.ingestPort;
  const host = environment.listenHost === '0.0.0.0' ? '127.0.0.1' : environment.listenHost;
  return {
    url: `http://${host}:${port}`,
    port,
    async stop() {
      // Requests under way wait for their blocks, so the sink stops last; idle connections must not hold the app open.
      app.server.closeIdleConnections();
      await Promise.all([app.close(), sink.stop()]);
    },
  };
}

async function answers(warehouse: Warehouse): Promise<boolean> {
  const asked = warehouse.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const tooLong = new Promise<false>((resolve) => setTimeout(resolve, 2_000, false).unref());
  return Promise.race([asked, tooLong]);
}
