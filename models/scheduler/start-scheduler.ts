/**
 * Refreshes soon after new events and on a schedule. One refresh at a time; while one runs, events pile up for the next,
 * which takes them all, so none starves.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { loadProject, type Project } from '../runner/project.ts';
import { type RefreshResult, refresh } from '../runner/refresh.ts';

export interface SchedulerLogger {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface SchedulerOptions {
  warehouse: Warehouse;
  environment: Pick<Environment, 'dataDir' | 'ruleset'>;
  logger: SchedulerLogger;
  /** Milliseconds between looks for new events. */
  lookEvery?: number;
  /** Milliseconds after which everything is checked even without new events: a cut-off passes, a rule set file changes. */
  checkEvery?: number;
  onRefresh?: (result: RefreshResult) => void;
}

const LONGEST_BACK_OFF = 60_000;
/** A file is being imported when more than this arrives (events/s): building what is half there would be wasted. */
const FLOOD = 5_000;
/** The longest pause after a refresh, ms; otherwise as long as the refresh took, so that others have half the machine. */
const LONGEST_REST = 30_000;
/** Milliseconds a flood may hold the refresh up. */
const LONGEST_WAIT = 60_000;

export async function startScheduler(options: SchedulerOptions): Promise<{ stop(): Promise<void> }> {
  const abort = new AbortController();
  const running = run(options, abort.signal);
  return {
    async stop() {
      abort.abort();
      await running;
    },
  };
}

async function run(options: SchedulerOptions, signal: AbortSignal): Promise<void> {
  const { warehouse, environment, logger, lookEvery = 1_000, checkEvery = 60_000 } = options;
  let seen = -1;
  let before = { count: Number.POSITIVE_INFINITY, at: performance.now() };
  let floodSince: number | undefined;
  let checked = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let project: Project | undefined;
  while (!signal.aborted) {
    let wait = lookEvery;
    try {
      const count = await countEvents(warehouse);
      const due = performance.now() - checked >= checkEvery;
      const now = performance.now();
      const flood = count - before.count > FLOOD * Math.max(1, (now - before.at) / 1_000);
      before = { count, at: now };
      if (!flood) floodSince = undefined;
      else floodSince ??= performance.now();
      const held = floodSince !== undefined && performance.now() - floodSince < LONGEST_WAIT;
      if ((count !== seen || due) && !held) {
        floodSince = undefined;
        if (due || !project) project = loadProject(environment);
        const started = performance.now();
        const result = await refresh(warehouse, project, { signal });
        if (due) checked = performance.now();
        seen = count;
        failures = 0;
        const ms = Math.round(performance.now() - started);
        wait = Math.min(LONGEST_REST, Math.max(lookEvery, ms));
        if (result.built.length > 0)
          logger.info(
            { build: result.build, quarters: result.built, new_events: result.newEvents, ms },
            'models refreshed',
          );
        options.onRefresh?.(result);
      }
    } catch (error) {
      if (signal.aborted) return;
      project = undefined;
      failures++;
      wait = Math.min(LONGEST_BACK_OFF, lookEvery * 2 ** failures);
      logger.error({ err: error, retry_in_ms: wait }, 'refresh failed; the models stay as they were');
    }
    await pause(wait, undefined, { signal }).catch(() => {});
  }
}

async function countEvents(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>('SELECT count() AS n FROM events');
  return row!.n;
}
