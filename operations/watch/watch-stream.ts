/** Looks at the stream every half a minute: alerts into the log when they begin and end, figures into the metrics. */
import { describeAlert } from '@hengjian/models/alerts/describe-alert.ts';
import { readAlerts } from '@hengjian/models/alerts/read-alerts.ts';
import type { Scope } from '@hengjian/models/queries/scope.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { streamPartitions } from '@hengjian/models/queries/stream-partitions.ts';
import { streamSources } from '@hengjian/models/queries/stream-sources.ts';
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

/** Sees everything and shows nobody anything but figures. */
export const watcher: Scope = { account: 'scheduler', roles: ['auditor'], units: 'all', areas: 'all' };

export const topicOf = ({ kafkaBrokers, kafkaTopic }: Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>) =>
  kafkaBrokers.length > 0 ? kafkaTopic : undefined;

export function watchStream(options: WatchOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, metrics, everyMs = EVERY_MS } = options;
  const topic = topicOf(environment);
  const begun = Date.now();
  let known = new Set<string>();
  let looking: Promise<void> | undefined;

  const look = async () => {
    const at = new Date();
    const [alerts, partitions, sources] = await Promise.all([
      readAlerts(warehouse, watcher, { at, topic, dataDir: environment.dataDir }),
      topic === undefined ? [] : readRows(warehouse, streamPartitions(watcher, { topic, at, minutes: 60 })),
      readRows(warehouse, streamSources(watcher, { at, minutes: 60 })),
    ]);
    // The first look at the brokers follows the start by a moment.
    const told = alerts.filter(({ alert }) => alert !== 'lag_unknown' || Date.now() - begun > 60_000);
    metrics.show({ alerts: told, partitions, sources }, at);
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
  const tick = () => {
    looking ??= look()
      .catch((error: Error) => logger.warn({ err: error }, 'the stream could not be looked at'))
      .finally(() => {
        looking = undefined;
      });
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
