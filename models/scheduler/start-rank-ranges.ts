/** Beside the refreshes: ranges of ranks of drafts, one quarter at a time, with rests so that scores and pages go first. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { loadProject } from '../runner/project.ts';
import { type StaleRange, staleRanges, storeRankRanges } from '../scoring/store-rank-ranges.ts';
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
  const abort = new AbortController();
  const running = run(options, abort.signal);
  return {
    async stop() {
      abort.abort();
      await running;
    },
  };
}

async function run(options: RankRangeOptions, signal: AbortSignal): Promise<void> {
  const { warehouse, environment, logger, firstAfter = 60_000, every = 15_000 } = options;
  /** Tried in vain: not again before their scores change. */
  const passed = new Set<string>();
  const nameOf = ({ ruleset, quarter, build }: StaleRange) => `${ruleset} ${quarter} ${build}`;
  let wait = firstAfter;
  while (!signal.aborted) {
    await pause(wait, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    wait = every;
    let next: StaleRange | undefined;
    try {
      const project = loadProject(environment);
      next = (await staleRanges(warehouse, project)).find((one) => !passed.has(nameOf(one)));
      if (!next) continue;
      const started = performance.now();
      passed.add(nameOf(next));
      const stored = await storeRankRanges(warehouse, project, next);
      const ms = Math.round(performance.now() - started);
      wait = Math.max(every, REST * ms);
      if (stored) logger.info({ ruleset: next.ruleset, quarter: next.quarter, ms }, 'ranges of ranks computed');
    } catch (error) {
      if (signal.aborted) return;
      if (next) passed.delete(nameOf(next));
      wait = AFTER_FAILURE;
      logger.error({ err: error, retry_in_ms: wait }, 'ranges of ranks could not be computed; those before stay');
    }
  }
}
