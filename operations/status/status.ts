/** `hengjian status`: the figures of contract §3, and what needs attention, whatever is down. */

import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { countWaitingRejects } from '@hengjian/ingest/store/rejects/open-rejects.ts';
import { listQuarters, readRefreshState } from '@hengjian/models';
import { ruleSetIds } from '@hengjian/models/ruleset/rule-set-ids.ts';
import { describeAlert } from '@hengjian/observe/alerts/describe-alert.ts';
import { readAlerts } from '@hengjian/observe/alerts/read-alerts.ts';
import { readUncounted, type Uncounted } from '@hengjian/observe/queries/uncounted-events.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { WarehouseAwayError } from '../warehouse-away-error.ts';
import { topicOf } from '../watch/watch-stream.ts';
import { readNotedLag } from './read-noted-lag.ts';
import { orderByCause } from './status-causes.ts';
import { type LogStatus, nothingRuns, readLogStatus } from './status-log.ts';
import { findPartProblems } from './status-parts.ts';
import { findScoreProblems, findSilentScheduler } from './status-scheduler.ts';
import { findDiskProblems } from './warehouse-disk.ts';

/** Something that needs a person: the case in a sentence, why we think so, what to do. */
export interface Problem {
  problem: string;
  text: string;
  why?: string;
  todo: string;
  /** The figures of an alert (observe/alerts/alert.ts). */
  details?: object;
  /** Of `part_down`: which one, and whether it answers at all. */
  part?: { name: string; answers: boolean };
  /** The `problem` that this one follows from: to mend that mends this. */
  because?: string;
}

export interface Status {
  events: number;
  rejected: number;
  /** Of the rejected, those that came ahead of what they speak of, and go through once it is there. */
  waiting: number;
  duplicates: number;
  by_type: Record<string, number>;
  /**
   * Events that the scores do not show yet: stored but not computed, and still in the log (as last known, while no
   * broker answers).
   */
  lag: number;
  refreshed_at: string | null;
  quarters: string[];
  engine: string;
  /** Events that were accepted and are counted nowhere, as of the last refresh (contract §7). */
  uncounted: Uncounted[];
  /** Only with KAFKA_BROKERS. */
  log?: LogStatus;
  problems: Problem[];
}

/** The warehouse does not answer: only what can be said without it. */
export type StatusWithoutWarehouse = Pick<Status, 'problems' | 'log'> & { engine: null };

/** @param open rejects with WarehouseAwayError where the warehouse does not answer */
export async function readStatus(
  environment: Environment,
  open: () => Promise<Warehouse>,
): Promise<Status | StatusWithoutWarehouse> {
  let away: Problem | undefined;
  const opening = open().catch((error: unknown) => {
    if (!(error instanceof WarehouseAwayError)) throw error;
    away = error.problem;
    return undefined;
  });
  const topic = topicOf(environment);
  const [warehouse, asked, parts] = await Promise.all([
    opening,
    topic === undefined ? undefined : readLogStatus(environment, opening),
    findPartProblems(environment),
  ]);
  const outer = [...parts, ...(asked?.problems ?? [])];
  const ordered = (problems: Problem[]) => orderByCause(problems, topic !== undefined);
  if (!warehouse) return { engine: null, ...(asked ? { log: asked.log } : {}), problems: ordered([away!, ...outer]) };
  const counts = await readCounts(warehouse, environment.ruleset);
  const lastKnown = asked && asked.log.lag === null ? await readNotedLag(warehouse, topic!) : undefined;
  const log = asked && { ...asked.log, ...(lastKnown ? { last_known: lastKnown } : {}) };
  const disk = await findDiskProblems(warehouse);
  const isKnown = parts.some(({ part }) => part?.name === 'scheduler') || disk.length > 0 || nothingRuns(environment);
  const silent =
    log && log.lag !== null && !isKnown
      ? await findSilentScheduler(warehouse, topic!, { waiting: log.lag, events: counts.events })
      : [];
  return {
    ...counts,
    lag: counts.lag + (log?.lag ?? lastKnown?.lag ?? 0),
    ...(log ? { log } : {}),
    problems: ordered([
      ...outer,
      ...disk,
      ...silent,
      ...(await findScoreProblems(warehouse, counts.lag)),
      ...(await findAlerts(warehouse, environment, log?.lag ?? null)),
    ]),
  };
}

async function readCounts(warehouse: Warehouse, ruleset: string): Promise<Omit<Status, 'log' | 'problems'>> {
  const types = await warehouse.query<{ type: string; n: number }>(
    'SELECT type, count() AS n FROM events GROUP BY type ORDER BY n DESC, type',
  );
  const [counts] = await warehouse.query<{ rejected: number; duplicates: number }>(
    'SELECT (SELECT uniqExact(reject_id) FROM rejects WHERE reject_id NOT IN (SELECT reject_id FROM reject_replays)) AS rejected, (SELECT count() FROM duplicates) AS duplicates',
  );
  const refresh = await readRefreshState(warehouse);
  const events = types.reduce((sum, row) => sum + row.n, 0);
  const [shown] = await warehouse.query<{ n: number }>(
    "SELECT events AS n FROM refreshes WHERE error = '' ORDER BY refreshes.refreshed_at DESC LIMIT 1",
  );
  const quarters = await Promise.all(ruleSetIds(ruleset).map((id) => listQuarters(warehouse, EVERYTHING, id)));
  return {
    events,
    rejected: counts?.rejected ?? 0,
    waiting: await countWaitingRejects(warehouse),
    duplicates: counts?.duplicates ?? 0,
    by_type: Object.fromEntries(types.map((row) => [row.type, row.n])),
    lag: Math.max(0, events - (shown?.n ?? 0)),
    refreshed_at: refresh.refreshed_at && rfc3339(refresh.refreshed_at),
    quarters: [...new Set(quarters.flat().map((row) => row.quarter))].sort(),
    engine: warehouse.engine,
    uncounted: await readUncounted(warehouse, EVERYTHING),
  };
}

/** @param lag of the log as just asked; null if unknown or without a log */
async function findAlerts(warehouse: Warehouse, environment: Environment, lag: number | null): Promise<Problem[]> {
  const at = new Date();
  const { dataDir } = environment;
  const alerts = await readAlerts(warehouse, EVERYTHING, { at, topic: topicOf(environment), dataDir });
  return (
    alerts
      // The brokers were asked just now: whether they answered, and whether anybody else asks, is said above.
      .filter(({ alert }) => alert !== 'lag_unknown' && (alert !== 'workers_silent' || lag !== 0))
      .map((alert) => {
        const { what, why, todo } = describeAlert(alert, 'en', at);
        return { problem: alert.alert, text: what, why, todo, details: alert };
      })
  );
}

/** `2026-07-09 12:00:00.123000`, wall time of Asia/Shanghai, as RFC 3339. */
const rfc3339 = (wallTime: string): string =>
  /[+Z]/.test(wallTime) ? wallTime : `${wallTime.replace(' ', 'T').slice(0, 23)}+08:00`;
