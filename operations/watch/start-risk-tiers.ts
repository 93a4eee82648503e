/** The scheduler's risk tiers: made again each day and when the indicators change, and at the begin of a month those of the month that ended go into the log. */
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { currentMonth } from '@hengjian/models/risk/current-month.ts';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { keepTiers } from '@hengjian/models/risk/keep-tiers.ts';
import { TIER_SOURCE } from '@hengjian/models/risk/tier-source.ts';
import { localNow } from '@hengjian/models/runner/local-now.ts';
import { repeatUntilStopped } from '@hengjian/models/scheduler/repeat-until-stopped.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { writerWhenNeeded } from '../open-event-writer.ts';

export interface RiskTierOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
  /** Milliseconds before the first look, in which the scores are computed; and between looks. */
  firstAfter?: number;
  every?: number;
  keep?: typeof keepTiers;
}

const RIGHTS: WriteRights = { by: 'risk tiers', sources: [TIER_SOURCE], units: 'all', may: ['registry'] };

export function startRiskTiers(options: RiskTierOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, firstAfter = 120_000, every = 10 * 60_000, keep = keepTiers } = options;
  const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
  let done = '';
  return repeatUntilStopped(firstAfter, async (signal) => {
    try {
      const set = loadIndicators(environment.dataDir);
      const wanted = `${localNow().slice(0, 10)} ${set.hash}`;
      if (done === wanted) return every;
      const kept = await keep(warehouse, { set, write: (events) => writer.write(events, RIGHTS) });
      if (!kept) return every;
      done = wanted;
      logger.info({ months: kept.built, ...kept.recorded, running: currentMonth().id }, 'risk tiers are up to date');
    } catch (error) {
      // A subject's tier stays as it was.
      if (!signal.aborted)
        logger.error({ err: error }, 'risk tiers could not be brought up to date; the next look tries again');
    }
    return every;
  });
}
