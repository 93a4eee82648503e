/** Beside the refreshes: ranges of ranks of drafts, one quarter at a time, with rests so that scores and pages go first. */
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { loadProject } from '../runner/project.ts';
import { type StaleRange, staleRanges, storeRankRanges } from '../scoring/store-rank-ranges.ts';
import { repeatUntilStopped } from './repeat-until-stopped.ts';
import type { SchedulerLogger } from './start-scheduler.ts';

export interface RankRangeOptions {
  warehouse: Warehouse;
  environment: Pick<Environment, 'dataDir' | 'ruleset'>;
  logger: SchedulerLogger;
  /** Milliseconds before the first look, in which a start has its first pages; and between looks. */
  firstAfter?: number;
  every?: number;
}

/** Of the time, the part that is rested: four times as long as it took, so that at most a fifth of one core is used. */
const REST = 4;
/** Milliseconds until the next look after a failure. */
const AFTER_FAILURE = 5 * 60_000;

export function startRankRanges(options: RankRangeOptions): { stop(): Promise<void> } {
  const { warehouse, environment, logger, firstAfter = 60_000, every = 15_000 } = options;
  /** Tried in vain: not again before their scores change. */
  const passed = new Set<string>();
  const nameOf = ({ ruleset, quarter, build }: StaleRange) => `${ruleset} ${quarter} ${build}`;
  return repeatUntilStopped(firstAfter, async (signal) => {
    let next: StaleRange | undefined;
    try {
      const project = loadProject(environment);
      next = (await staleRanges(warehouse, project)).find((one) => !passed.has(nameOf(one)));
      if (!next) return every;
      const started = performance.now();
      passed.add(nameOf(next));
      const stored = await storeRankRanges(warehouse, project, next);
      const ms = Math.round(performance.now() - started);
      if (stored) logger.info({ ruleset: next.ruleset, quarter: next.quarter, ms }, 'ranges of ranks computed');
      return Math.max(every, REST * ms);
    } catch (error) {
      if (signal.aborted) return every;
      if (next) passed.delete(nameOf(next));
      logger.error(
        { err: error, retry_in_ms: AFTER_FAILURE },
        'ranges of ranks could not be computed; those before stay',
      );
      return AFTER_FAILURE;
    }
  });
}
