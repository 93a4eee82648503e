/** The scheduler part of `up`: refreshes the models, computes ranges of ranks, watches the stream, and says both over HTTP. */
import { buildHealthApp } from '@hengjian/ingest/metrics/build-health-app.ts';
import { startLogWatch } from '@hengjian/ingest/stream/worker/log-watch.ts';
import { startRankRanges, startScheduler } from '@hengjian/models';
import { type Environment, type Warehouse, writerLease } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import type { RunningPart } from '../up/parts.ts';
import { startReminders } from './start-reminders.ts';
import { startRiskAlerts } from './start-risk-alerts.ts';
import { startRiskTiers } from './start-risk-tiers.ts';
import { StreamMetrics } from './stream-metrics.ts';
import { topicOf, watchStream } from './watch-stream.ts';

export interface SchedulerPartOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
}

export async function startSchedulerPart(options: SchedulerPartOptions): Promise<RunningPart> {
  const { warehouse, environment } = options;
  const metrics = new StreamMetrics();
  const app = buildHealthApp({
    warehouse,
    registry: metrics.registry,
    meanwhile: 'scores stay as they are until it does',
  });
  const url = await app.listen({ host: environment.listenHost, port: environment.schedulerPort });
  const lease = await writerLease(warehouse, { kind: 'scheduler' });
  const running = [
    await startScheduler(options),
    startReminders(options),
    startRankRanges(options),
    startRiskTiers(options),
    startRiskAlerts(options),
    watchStream({ ...options, metrics }),
    ...(topicOf(environment) === undefined
      ? []
      : [startLogWatch({ ...options, onLook: (notes) => metrics.showLog(notes) })]),
  ];
  return {
    url,
    async stop() {
      await Promise.all([...running.map((one) => one.stop()), app.close()]);
      await lease?.end();
    },
  };
}
