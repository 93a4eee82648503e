/** The books of builds: what is live, the next number, and what each refresh did. */
import type { Warehouse } from '@hengjian/warehouse';
import { localNow } from './local-now.ts';

/** The newest build of a rule set and quarter; quarter '' stands for the rule set's last finished refresh. */
export interface LiveBuild {
  ruleset: string;
  quarter: string;
  build: number;
  fingerprint: string;
  cutoff: string | null;
}

export function liveBuilds(warehouse: Warehouse): Promise<LiveBuild[]> {
  return warehouse.query<LiveBuild>(
    `SELECT ruleset, quarter, max(build) AS build, argMax(fingerprint, b.build) AS fingerprint, argMax(tuple(toString(cutoff)), b.build).1 AS cutoff
     FROM builds AS b GROUP BY ruleset, quarter ORDER BY ruleset, quarter`,
  );
}

export async function nextBuild(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ next: number }>(
    'SELECT greatest((SELECT max(build) FROM builds), (SELECT max(build) FROM refreshes), (SELECT max(run) FROM recorded_batches)) + 1 AS next',
  );
  // A build that failed before it was recorded may have left rows: they carry a lower number than the clock's.
  return Math.max(row!.next, Date.now());
}

export interface RefreshEntry {
  build: number;
  quarters: string[];
  newEvents: number;
  asOf: string | null;
  /** performance.now() at its begin. */
  started: number;
  error: string;
  /** The staged events, as a FROM item. */
  events: string;
}

export async function recordRefresh(warehouse: Warehouse, entry: RefreshEntry): Promise<void> {
  const [counted] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${entry.events}`);
  await warehouse.insert('refreshes', [
    {
      refreshed_at: localNow(),
      build: entry.build,
      quarters: entry.quarters,
      events: counted!.n,
      new_events: entry.newEvents,
      as_of: entry.asOf ?? localNow(),
      duration_ms: Math.round(performance.now() - entry.started),
      error: entry.error.slice(0, 2000),
    },
  ]);
}
