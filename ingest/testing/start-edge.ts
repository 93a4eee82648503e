/** The ingest part as `up` starts it: its writer opened by the environment. */
import { openEdgeWriter } from '@hengjian/operations/open-event-writer.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { type IngestPart, type StartOptions, startIngest } from '../edge/start-ingest.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';

export interface EdgeOptions {
  warehouse: Warehouse;
  environment: StartOptions['environment'];
  logger: Logger;
  onFatal?: (error: Error) => void;
}

export async function startEdge({ onFatal, ...options }: EdgeOptions): Promise<IngestPart> {
  const metrics = new IngestMetrics();
  return startIngest({ ...options, metrics, opened: await openEdgeWriter({ ...options, metrics, onFatal }) });
}
