/** The scheduler's look at what stands out: once a day over the months that ended, each alert raised once (models/risk/alerts/). */
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { raiseAlerts } from '@hengjian/models/risk/alerts/raise-alerts.ts';
import { ALERT_SOURCE } from '@hengjian/models/risk/alerts/risk-alert.ts';
import { localNow } from '@hengjian/models/runner/local-now.ts';
import { repeatUntilStopped } from '@hengjian/models/scheduler/repeat-until-stopped.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { writerWhenNeeded } from '../open-event-writer.ts';

export interface RiskAlertOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
  /** Milliseconds before the first look, after that of the tiers; and between looks. */
  firstAfter?: number;
  every?: number;
}

const RIGHTS: WriteRights = { by: 'risk alerts', sources: [ALERT_SOURCE], units: 'all', may: [] };

export function startRiskAlerts(options: RiskAlertOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, firstAfter = 180_000, every = 10 * 60_000 } = options;
  const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
  let done = '';
  return repeatUntilStopped(firstAfter, async (signal) => {
    const today = localNow().slice(0, 10);
    if (done === today) return every;
    try {
      const { months, raised } = await raiseAlerts(warehouse, (events) => writer.write(events, RIGHTS));
      done = today;
      logger.info({ months, raised: raised.length }, 'alerts of risk and inspection are up to date');
    } catch (error) {
      // What was raised stands; the rest is raised by the next look.
      if (!signal.aborted) logger.error({ err: error }, 'alerts could not be raised; the next look tries again');
    }
    return every;
  });
}
