/**
 * Brings the tiers of months up to date. A month is built again where events of its time were recorded since, where the indicators or
 * the models changed, or where it still runs and a day has passed; it becomes visible by one insert, and equals a full rebuild row for
 * row, because it depends on the events up to its end and nothing else.
 */
import { createHash } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import { BuildError } from '../runner/build-models.ts';
import { type CompileContext, compileSql } from '../runner/compile-sql.ts';
import { eventRows, takeSnapshot } from '../runner/event-snapshot.ts';
import { localNow } from '../runner/local-now.ts';
import type { Model } from '../runner/model.ts';
import { withRefreshLease } from '../runner/refresh-lease.ts';
import { restateFacts } from '../runner/restate-facts.ts';
import { BUILD_SETTINGS } from '../runner/settings.ts';
import { FAR_FUTURE, quote } from '../runner/variables.ts';
import { type IndicatorSet, indicatorRows, MICRO } from './indicators/load-indicators.ts';
import { asEphemeral, loadRiskModels, type RiskModels } from './load-risk-models.ts';
import { parseMonth, type RiskMonth } from './risk-month.ts';
import { TIER_SOURCE } from './tier-source.ts';

export interface RiskRefresh {
  /** Months to have, built or not yet; months that were built before are brought up to date as well. */
  months: readonly RiskMonth[];
  full?: boolean;
  now?: Date;
}

interface MonthState {
  as_of_day: string;
  fingerprint: string;
  events: number;
  newest: string | null;
}

/** @returns the months that were built. @throws BuildError naming the model's file */
export function refreshRisk(warehouse: Warehouse, set: IndicatorSet, options: RiskRefresh): Promise<string[]> {
  return withRefreshLease(warehouse, async (fenced) => {
    const snapshot = await takeSnapshot(fenced, warehouse.database);
    try {
      const restated = await restateFacts(fenced, snapshot.table);
      const events = eventRows(snapshot.table, warehouse.database, restated.rows);
      return await buildStale(fenced, set, options, events);
    } finally {
      await snapshot.drop();
    }
  });
}

async function buildStale(warehouse: Warehouse, set: IndicatorSet, options: RiskRefresh, events: string) {
  const models = loadRiskModels();
  const today = localNow(options.now).slice(0, 10);
  const live = await liveMonths(warehouse);
  const months = new Map([...[...live.keys()].map((id) => parseMonth(id)!), ...options.months].map((m) => [m.id, m]));
  const fingerprint = createHash('sha256').update(`${models.graph.hash}\n${set.hash}`).digest('hex').slice(0, 32);
  await loadIndicatorRows(warehouse, set);
  const built: string[] = [];
  for (const month of [...months.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const asOfDay = [month.end, today].sort()[0]!;
    const state = await stateOf(warehouse, events, asOfDay, fingerprint);
    const known = live.get(month.id);
    const same = known && (Object.keys(state) as (keyof MonthState)[]).every((key) => known[key] === state[key]);
    if (same && !options.full) continue;
    await buildMonth(warehouse, { set, models, month: month.id, state, events });
    built.push(month.id);
  }
  return built;
}

async function liveMonths(warehouse: Warehouse): Promise<Map<string, MonthState>> {
  const rows = await warehouse.query<MonthState & { month: string }>(
    `SELECT month, toString(as_of_day) AS as_of_day, fingerprint, events, toString(newest) AS newest
     FROM risk_builds WHERE (month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month)`,
  );
  return new Map(rows.map(({ month, ...state }) => [month, state]));
}

/** What a month depends on. Rows are only ever added to the log, so their number and the newest of them tell it. */
async function stateOf(
  warehouse: Warehouse,
  events: string,
  asOfDay: string,
  fingerprint: string,
): Promise<MonthState> {
  const [row] = await warehouse.query<{ events: number; newest: string | null }>(
    `SELECT count() AS events, if(count() = 0, NULL, toString(max(recorded_at))) AS newest
     FROM ${events} WHERE time <= ${endOf(asOfDay)}`,
  );
  return { as_of_day: asOfDay, fingerprint, ...row! };
}

const endOf = (day: string): string => moment(`${day} 23:59:59.999999`);
const moment = (text: string): string => `toDateTime64(${quote(text)}, 6, 'Asia/Shanghai')`;

async function loadIndicatorRows(warehouse: Warehouse, set: IndicatorSet): Promise<void> {
  const rows = indicatorRows(set);
  const [present] = await warehouse.query<{ n: number }>(
    'SELECT count() AS n FROM risk_indicators WHERE version_hash = {hash:String}',
    { hash: set.hash },
  );
  if (present!.n === rows.length) return;
  await warehouse.command('ALTER TABLE risk_indicators DROP PARTITION {hash:String}', { hash: set.hash });
  await warehouse.insert('risk_indicators', rows);
}

interface MonthBuild {
  set: IndicatorSet;
  models: RiskModels;
  month: string;
  state: MonthState;
  events: string;
}

async function buildMonth(warehouse: Warehouse, { set, models, month, state, events }: MonthBuild): Promise<void> {
  const [last] = await warehouse.query<{ build: number }>('SELECT max(build) AS build FROM risk_builds');
  const build = Math.max(last!.build + 1, Date.now());
  const context = contextOf(warehouse, { set, models, month, state, events });
  const [live, ...kept] = models.stored;
  await warehouse.command(`DROP TABLE IF EXISTS ${live!.name} SYNC`);
  try {
    await buildRows(warehouse, live!, context, month, (sql) => createSql(live!, sql));
    for (const model of kept)
      await buildRows(warehouse, model, withStored(context, month, build), month, (sql) =>
        insertSql(model, sql, month, build),
      );
  } finally {
    await warehouse.command(`DROP TABLE IF EXISTS ${live!.name} SYNC`);
  }
  await warehouse.insert('risk_builds', [
    { month, build, ...state, indicators: set.id, version: set.version, built_at: localNow() },
  ]);
  await dropSuperseded(warehouse, month);
}

function contextOf(
  warehouse: Warehouse,
  { set, models: { graph }, month, state: { as_of_day: asOfDay }, events }: MonthBuild,
): CompileContext {
  const list = (values: readonly string[], type: string) => `CAST([${values.join(', ')}], 'Array(${type})')`;
  // A threshold is the first index of its tier, a cut the last one below.
  const thresholds = (set.thresholds ?? []).map((points) => String(Math.round(points * MICRO) - 1));
  const shares = (set.shares ?? []).map((percent) => String(Math.round(percent * 100)));
  const variables = new Map([
    ['cutoff', endOf(asOfDay)],
    ['as_of', moment(FAR_FUTURE)],
    ['as_of_day', `toDate32(${quote(asOfDay)})`],
    ['month_start', `toDate32(${quote(`${month}-01`)})`],
    ['indicators', quote(set.hash)],
    ['tiers', list(set.tiers.map(quote), 'String')],
    ['thresholds', list(thresholds, 'Int64')],
    ['shares', list(shares, 'UInt64')],
    ['own_source', quote(TIER_SOURCE)],
    ['slices', '1'],
    ['slice', '0'],
  ]);
  return {
    graph,
    database: warehouse.database,
    eventDatabase: warehouse.database,
    events,
    variables,
    histories: new Map(),
    seed: (name) => {
      throw new Error(`risk models read no seed, but one reads ${name}`);
    },
    bindings: [],
    visible: () => [],
    slices: 1,
  };
}

const columnsOf = (model: Model): string => Object.keys(model.columns).join(', ');

const createSql = (model: Model, sql: string): string =>
  `CREATE TABLE ${model.name} ENGINE = MergeTree ORDER BY (${model.order_by!.join(', ')}) AS SELECT ${columnsOf(model)} FROM (\n${sql}\n)`;

const insertSql = (model: Model, sql: string, month: string, build: number): string =>
  `INSERT INTO ${model.name} (month, build, ${columnsOf(model)})
   SELECT ${quote(month)} AS month, toUInt64(${build}) AS build, ${columnsOf(model)} FROM (\n${sql}\n)`;

async function buildRows(
  warehouse: Warehouse,
  model: Model,
  context: CompileContext,
  month: string,
  statement: (sql: string) => string,
): Promise<void> {
  try {
    await warehouse.command(statement(compileSql(model, context)), undefined, BUILD_SETTINGS);
  } catch (error) {
    throw new BuildError(`${model.file} could not be built for ${month}: ${(error as Error).message}`);
  }
}

/** What another stored model gave this month is read from where it was just put. */
function withStored(context: CompileContext, month: string, build: number): CompileContext {
  const rowsOf = (model: Model) =>
    model.name === 'risk_live_events'
      ? `SELECT * FROM ${model.name}`
      : `SELECT * EXCEPT (month, build) FROM ${model.name} WHERE month = ${quote(month)} AND build = ${build}`;
  const byName = new Map(
    [...context.graph.byName].map(([name, model]) => [
      name,
      model.kind === 'ephemeral' ? model : asEphemeral(model, rowsOf(model)),
    ]),
  );
  return { ...context, graph: { ...context.graph, byName } };
}

/** The build before the live one stays for queries that began with it. */
async function dropSuperseded(warehouse: Warehouse, month: string): Promise<void> {
  for (const table of ['risk_reasons', 'risk_tiers', 'risk_inspections']) {
    const old = await warehouse.query<{ build: number }>(
      `SELECT DISTINCT _partition_value.2 AS build FROM ${table} WHERE month = {month:String}
         AND build NOT IN (SELECT build FROM risk_builds WHERE month = {month:String} ORDER BY build DESC LIMIT 2)`,
      { month },
    );
    for (const { build } of old)
      await warehouse.command(`ALTER TABLE ${table} DROP PARTITION ({month:String}, {build:UInt64})`, { month, build });
  }
}
