/**
 * Keeps the append models equal to the raw events. A recorded batch (all rows of one `recorded_at`) is one insert block,
 * so it is there whole or not at all; batches not yet staged are found by comparing counts, however clocks stepped.
 * Rows are prepared aside and attached in one step; books that do not balance afterwards are started anew.
 */
import type { Warehouse } from '@hengjian/warehouse';
import { type CompileContext, compileSql, physicalName } from './compile-sql.ts';
import type { Model } from './model.ts';
import { BUILD_SETTINGS } from './settings.ts';
import { quote } from './variables.ts';

export interface Staged {
  newEvents: number;
  /** The copy was thrown away and made again: every quarter must be built. */
  restarted: boolean;
}

interface Batch {
  recorded_at: string;
  row_count: number;
}

/** Clocks of writers may step back by this much before the full comparison is needed. */
const OVERLAP = 'INTERVAL 1 HOUR';

export async function stageEvents(
  warehouse: Warehouse,
  model: Model,
  context: CompileContext,
  signal?: AbortSignal,
): Promise<Staged> {
  const table = physicalName(model, context.graph);
  let restarted = false;
  if (!(await balanced(warehouse, table))) {
    await startAnew(warehouse, table);
    restarted = true;
  }
  let batches = await findNew(warehouse, table);
  if (batches === 'mismatch') {
    await startAnew(warehouse, table);
    restarted = true;
    batches = await findNew(warehouse, table);
    if (batches === 'mismatch') throw new Error('recorded batches change while they are read; refresh again');
  }
  if (batches.length === 0) return { newEvents: 0, restarted };
  signal?.throwIfAborted();
  return { ...(await append(warehouse, model, context, table, batches)), restarted };
}

/** What the books say was staged is what is there (a process may have died between the two). */
async function balanced(warehouse: Warehouse, table: string): Promise<boolean> {
  const [row] = await warehouse.query<{ here: number; booked: number }>(
    `SELECT (SELECT count() FROM ${table}) AS here, (SELECT sum(row_count) FROM staged_batches WHERE model = {table:String}) AS booked`,
    { table },
  );
  return row!.here === row!.booked;
}

async function startAnew(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.command(`TRUNCATE TABLE ${table}`);
  await warehouse.command('ALTER TABLE staged_batches DROP PARTITION {table:String}', { table });
}

async function findNew(warehouse: Warehouse, table: string): Promise<Batch[] | 'mismatch'> {
  const [total] = await warehouse.query<{ events: number; staged: number }>(
    `SELECT (SELECT count() FROM events) AS events, (SELECT sum(row_count) FROM staged_batches WHERE model = {table:String}) AS staged`,
    { table },
  );
  const { events, staged } = total!;
  if (events === staged) return [];
  for (const since of [
    `(SELECT max(recorded_at) - ${OVERLAP} FROM staged_batches WHERE model = {table:String})`,
    null,
  ]) {
    if (since && staged === 0) continue;
    const rows = await warehouse.query<Batch & { staged: number }>(
      `SELECT toString(e.recorded_at) AS recorded_at, e.row_count AS row_count, s.row_count AS staged
       FROM (SELECT recorded_at, count() AS row_count FROM events ${since ? `WHERE recorded_at >= ${since}` : ''} GROUP BY recorded_at) AS e
       LEFT JOIN (SELECT recorded_at, sum(row_count) AS row_count FROM staged_batches WHERE model = {table:String} GROUP BY recorded_at) AS s USING recorded_at
       WHERE row_count != staged`,
      { table },
      { join_use_nulls: 0 },
    );
    // A batch that grew after it was staged: two blocks with one recording time.
    if (rows.some((row) => row.staged > 0)) return 'mismatch';
    const found = rows.reduce((sum, row) => sum + row.row_count, 0);
    if (staged + found < events) continue;
    // More than there is, counted afterwards: raw data was removed (a restored backup, a dropped month).
    const [now] = await warehouse.query<{ n: number }>('SELECT count() AS n FROM events');
    if (staged + found > now!.n) return 'mismatch';
    return rows.map(({ recorded_at, row_count }) => ({ recorded_at, row_count }));
  }
  return 'mismatch';
}

async function append(
  warehouse: Warehouse,
  model: Model,
  context: CompileContext,
  table: string,
  batches: readonly Batch[],
): Promise<Omit<Staged, 'restarted'>> {
  const next = `${table}__next`;
  const pending = `${table}__pending`;
  for (const name of [next, pending]) await warehouse.command(`DROP TABLE IF EXISTS ${name} SYNC`);
  await warehouse.command(`CREATE TABLE ${next} AS ${table}`);
  await warehouse.command(
    `CREATE TABLE ${pending} (recorded_at DateTime64(6, 'Asia/Shanghai')) ENGINE = MergeTree ORDER BY recorded_at`,
  );
  const rows = batches.map(({ recorded_at }) => ({ recorded_at }));
  for (let i = 0; i < rows.length; i += 50_000) await warehouse.insert(pending, rows.slice(i, i + 50_000));
  const times = batches.map(({ recorded_at }) => recorded_at).sort();
  const [first, last] = [times[0]!, times.at(-1)!];
  const sourceFilter = `recorded_at BETWEEN ${moment(first)} AND ${moment(last)} AND recorded_at IN (SELECT recorded_at FROM ${warehouse.database}.${pending})`;
  await warehouse.command(
    `INSERT INTO ${next} SELECT * FROM (\n${compileSql(model, { ...context, sourceFilter })}\n)`,
    undefined,
    BUILD_SETTINGS,
  );
  const [counted] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${next}`);
  const expected = batches.reduce((sum, batch) => sum + batch.row_count, 0);
  if (counted!.n !== expected)
    throw new Error(
      `${model.file}: ${expected} events were recorded but ${counted!.n} staged; an append model keeps every row`,
    );
  await warehouse.command(`ALTER TABLE ${table} ATTACH PARTITION tuple() FROM ${next}`);
  await warehouse.command(
    `INSERT INTO staged_batches (model, recorded_at, row_count, run, earliest)
     SELECT {table:String}, recorded_at, count(), {run:UInt64}, min(time) FROM ${next} GROUP BY recorded_at`,
    { table, run: await nextRun(warehouse) },
  );
  for (const name of [next, pending]) await warehouse.command(`DROP TABLE ${name} SYNC`);
  return { newEvents: counted!.n };
}

/** Runs and builds count on one line, so that "staged after the last build" is a comparison. */
async function nextRun(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ next: number }>(
    'SELECT greatest((SELECT max(build) FROM builds), (SELECT max(run) FROM staged_batches)) + 1 AS next',
  );
  return Math.max(row!.next, Date.now());
}

export interface Pending {
  events: number;
  /** Legal time of the earliest event that no finished refresh has seen, as local wall time; null when there is none. */
  earliest: string | null;
}

/** What is staged and not built yet, also by refreshes that failed. */
export async function pendingEvents(warehouse: Warehouse, table: string): Promise<Pending> {
  const [row] = await warehouse.query<Pending>(
    `SELECT sum(row_count) AS events, if(count() = 0, NULL, toString(min(b.earliest))) AS earliest FROM staged_batches AS b
     WHERE model = {table:String} AND run > (SELECT max(build) FROM builds WHERE quarter = '')`,
    { table },
  );
  return row!;
}

function moment(text: string): string {
  return `toDateTime64(${quote(text)}, 6, 'Asia/Shanghai')`;
}
