/**
 * Which events are new to the models. A recorded batch (all rows of one `recorded_at`) is one insert block, so it is there
 * whole or not at all; batches not yet seen are found by comparing counts, however clocks stepped. Books that do not balance
 * (a restored backup, a dropped month) are started anew.
 */
import type { Warehouse } from '@hengjian/warehouse';
import { emptyTable } from './empty-table.ts';

export interface Noted {
  newEvents: number;
  /** The books were started anew: every quarter must be built. */
  restarted: boolean;
}

/** Clocks of writers may step back by this much before the full comparison is needed. */
const OVERLAP = 'INTERVAL 1 HOUR';

/** @param events the table to look through; nothing may be added to it meanwhile */
export async function noteBatches(warehouse: Warehouse, events: string): Promise<Noted> {
  const found = await noteNew(warehouse, events);
  if (found !== undefined) return { newEvents: found, restarted: false };
  await emptyTable(warehouse, 'recorded_batches');
  const again = await noteNew(warehouse, events);
  if (again === undefined) throw new Error('recorded batches change while they are read; refresh again');
  return { newEvents: again, restarted: true };
}

/** @returns how many events were new; undefined where the books do not balance */
async function noteNew(warehouse: Warehouse, events: string): Promise<number | undefined> {
  const [total] = await warehouse.query<{ events: number; seen: number; same_end: number }>(
    `SELECT (SELECT count() FROM ${events}) AS events, (SELECT sum(row_count) FROM recorded_batches) AS seen,
      (SELECT max(recorded_at) FROM ${events}) = (SELECT max(recorded_at) FROM recorded_batches) AS same_end`,
  );
  const { events: all, seen, same_end: sameEnd } = total!;
  if (all === seen) return sameEnd ? 0 : undefined;
  const recently = `WHERE recorded_at >= (SELECT max(recorded_at) - ${OVERLAP} FROM recorded_batches)`;
  for (const condition of seen === 0 ? [''] : [recently, '']) {
    const batches = `SELECT recorded_at, count() AS row_count, min(time) AS earliest FROM ${events} ${condition} GROUP BY recorded_at`;
    const known = 'SELECT recorded_at, sum(row_count) AS seen FROM recorded_batches GROUP BY recorded_at';
    const [found] = await warehouse.query<{ fresh: number; changed: number }>(
      `SELECT sumIf(row_count, seen = 0) AS fresh, countIf(seen != 0 AND seen != row_count) AS changed
       FROM (${batches}) AS e LEFT JOIN (${known}) AS s USING recorded_at`,
      undefined,
      { join_use_nulls: 0 },
    );
    const { fresh, changed } = found!;
    // A batch that grew: two blocks with one recording time. Or more than there is: raw data was removed.
    if (changed > 0 || seen + fresh > all) return undefined;
    if (seen + fresh < all) continue;
    await warehouse.command(
      `INSERT INTO recorded_batches (recorded_at, row_count, run, earliest)
       SELECT recorded_at, row_count, {run:UInt64}, earliest FROM (${batches}) WHERE recorded_at NOT IN (SELECT recorded_at FROM recorded_batches)`,
      { run: await nextRun(warehouse) },
    );
    return fresh;
  }
  return undefined;
}

/** Runs and builds count on one line, so that "seen after the last build" is a comparison. */
async function nextRun(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ next: number }>(
    'SELECT greatest((SELECT max(build) FROM builds), (SELECT max(run) FROM recorded_batches)) + 1 AS next',
  );
  return Math.max(row!.next, Date.now());
}

export interface Pending {
  events: number;
  /** Legal time of the earliest event that no finished refresh of the rule set has seen, as local wall time; null when there is none. */
  earliest: string | null;
  /** The books hold nothing that one has seen: they were started anew since. */
  all: boolean;
}

/** What was seen and is not built yet, also by refreshes that failed. */
export async function pendingEvents(warehouse: Warehouse, ruleset: string): Promise<Pending> {
  const [row] = await warehouse.query<Pick<Pending, 'events' | 'earliest'> & { all: number }>(
    `WITH run > (SELECT max(build) FROM builds WHERE quarter = '' AND ruleset = {ruleset:String}) AS is_new
     SELECT sumIf(row_count, is_new) AS events, if(countIf(is_new) = 0, NULL, toString(minIf(b.earliest, is_new))) AS earliest,
       count() > 0 AND countIf(is_new) = count() AS all
     FROM recorded_batches AS b`,
    { ruleset },
  );
  return { ...row!, all: row!.all === 1 };
}
