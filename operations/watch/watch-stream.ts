/** Looks at the stream every half a minute: alerts into the log when they begin and end, figures into the metrics. */

import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { startWatch } from '@hengjian/ingest/metrics/start-watch.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { describeAlert } from '@hengjian/observe/alerts/describe-alert.ts';
import { readAlerts } from '@hengjian/observe/alerts/read-alerts.ts';
import { streamSources } from '@hengjian/observe/queries/stream-sources.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { type StreamMetrics, subjectOf } from './stream-metrics.ts';

const EVERY_MS = 30_000;

export interface WatchOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
  metrics: StreamMetrics;
  everyMs?: number;
}

export const topicOf = ({ kafkaBrokers, kafkaTopic }: Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>) =>
  kafkaBrokers.length > 0 ? kafkaTopic : undefined;

export function watchStream(options: WatchOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, metrics, everyMs = EVERY_MS } = options;
  const topic = topicOf(environment);
  const begun = Date.now();
  let known = new Set<string>();

  const look = async () => {
    const at = new Date();
    const [alerts, sources] = await Promise.all([
      readAlerts(warehouse, EVERYTHING, { at, topic, dataDir: environment.dataDir }),
      readRows(warehouse, streamSources(EVERYTHING, { at, minutes: 60 })),
    ]);
    // The first look at the brokers follows the start by a moment.
    const told = alerts.filter(({ alert }) => alert !== 'lag_unknown' || Date.now() - begun > 60_000);
    metrics.show({ alerts: told, sources }, at);
    const now = new Set<string>();
    for (const alert of told) {
      const name = `${alert.alert} ${subjectOf(alert)}`;
      now.add(name);
      if (known.has(name)) continue;
      const { what, todo } = describeAlert(alert, 'en', at);
      logger.warn({ ...alert, todo }, what);
    }
    for (const name of known) if (!now.has(name)) logger.info({ ended: name }, 'an alert is over');
    known = now;
  };
  return startWatch({
    everyMs,
    look,
    onError: (error) => logger.warn({ err: error }, 'the stream could not be looked at'),
  });
}
