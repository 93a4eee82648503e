/** Rows of a stored model out of those of the live build and of what new events touch. */
import type { Warehouse } from '@hengjian/warehouse';
import { buildModel } from '../build-models.ts';
import { type CompileContext, compileSql, ofBuild, storedTable } from '../compile-sql.ts';
import { slicesFor } from '../count-slices.ts';
import type { Model } from '../model.ts';
import { BUILD_SETTINGS } from '../settings.ts';
import { quote } from '../variables.ts';
import { buildJudged } from './build-judged.ts';
import { EVENT_KEYS, type KeyDomain } from './key-domains.ts';
import type { Narrowing } from './open-narrowing.ts';
import { LEDGER, type Narrowed, needsOf, type State, type Summed, VOIDED, type Way, wayOf } from './way-of.ts';

export interface NarrowedBuild {
  warehouse: Warehouse;
  context: CompileContext;
  narrowing: Narrowing;
  quarter: string;
  build: number;
  states: Map<string, State>;
  /** Of no more events than these all are judged. */
  judgedWhole: number;
}

/** Larger tables are not compared: what reads them is computed again. */
const COMPARED = 100_000;

/** Builds one stored model. @returns how, of the ledger by measure */
export async function buildNarrowed(run: NarrowedBuild, model: Model): Promise<[string, Way][]> {
  if (model.name === LEDGER) return buildLedger(run, model);
  const { context, narrowing, states } = run;
  const found = wayOf(context.graph, model, narrowing, (name) => states.get(name) ?? 'changed');
  const way = found.way === 'narrowed' && (await hasKeyless(run, model, found)) ? ROWS_WITHOUT_KEY : found;
  switch (way.way) {
    case 'kept':
      await takeOver(run, model, '1');
      states.set(model.name, 'same');
      break;
    case 'narrowed': {
      const touched = narrowing.touched(way.by, way.rows);
      await takeOver(run, model, `NOT (${touched})`);
      await buildTouched(run, model, context, touched, way.by);
      states.set(model.name, way.by);
      break;
    }
    case 'summed':
      await buildSummed(run, model, way);
      break;
    case 'judged':
      if (await buildJudged(run, model)) break;
      await buildWhole(run, model, context);
      return [[model.name, ALL_EVENTS_TELL]];
    case 'whole':
      await buildWhole(run, model, context);
      if (await isAsBefore(run, model)) states.set(model.name, 'same');
  }
  return [[model.name, way]];
}

const ALL_EVENTS_TELL: Way = { way: 'whole', why: 'all events must be judged' };
const ROWS_WITHOUT_KEY: Way = { way: 'whole', why: 'rows without a key' };

/** A row without a key may depend on any event without one, which are not looked for. */
async function hasKeyless(run: NarrowedBuild, model: Model, { by, rows }: Narrowed): Promise<boolean> {
  if (EVENT_KEYS[by].when === '1') return false;
  const [row] = await run.warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM (SELECT 1 FROM ${storedTable(model, run.context)} WHERE ${ofBuild(run.narrowing.from)} AND ${rows} = '' LIMIT 1)`,
  );
  return row!.n > 0;
}

/** The ledger is the union of its measures: each goes its own way. */
async function buildLedger(run: NarrowedBuild, model: Model): Promise<[string, Way][]> {
  const { context, narrowing, states } = run;
  const { graph, bindings } = context;
  const ways = bindings.map(({ id, measure }): [string, Way] => [
    id,
    wayOf(graph, graph.catalogue.measures.get(measure)!, narrowing, (name) => states.get(name) ?? 'changed'),
  ]);
  const byId = new Map(ways);
  const taken = ways.flatMap(([id, way]) =>
    way.way === 'kept'
      ? [`measure = ${quote(id)}`]
      : way.way === 'narrowed'
        ? [`measure = ${quote(id)} AND NOT (${narrowing.touched(way.by, way.rows)})`]
        : [],
  );
  if (taken.length > 0) await takeOver(run, model, `(${taken.map((one) => `(${one})`).join(' OR ')})`);
  const narrowed = Map.groupBy(
    bindings.filter(({ id }) => byId.get(id)!.way === 'narrowed'),
    ({ id }) => JSON.stringify(byId.get(id)),
  );
  for (const [text, some] of narrowed) {
    const { by, rows } = JSON.parse(text) as Narrowed;
    await buildTouched(run, model, { ...context, bindings: some }, narrowing.touched(by, rows), by);
  }
  const whole = bindings.filter(({ id }) => !['kept', 'narrowed'].includes(byId.get(id)!.way));
  if (whole.length > 0)
    await buildWhole(
      run,
      model,
      { ...context, bindings: whole },
      `measure IN (${whole.map(({ id }) => quote(id)).join(', ')})`,
    );
  states.set(model.name, ways.every(([, { way }]) => way === 'kept') ? 'same' : 'changed');
  return ways.map(([id, way]) => [`${model.name} ${id}`, way]);
}

/** In no more slices than the rows ask for that are there now: each slice reads the events once more. */
async function buildWhole(run: NarrowedBuild, model: Model, context: CompileContext, rows = '1'): Promise<void> {
  const { warehouse, narrowing, quarter, build } = run;
  let { slices } = context;
  if (slices > 1 && model.vars.some(({ name }) => name === 'slice')) {
    const [row] = await warehouse.query<{ n: number }>(
      `SELECT count() AS n FROM ${storedTable(model, run.context)} WHERE ${ofBuild(narrowing.from)} AND ${rows}`,
    );
    slices = Math.min(slices, slicesFor(row!.n));
  }
  await buildModel(warehouse, model, { ...context, slices }, quarter, build);
}

/** Rows of touched keys, from the events and the rows of other models that have these keys. */
function buildTouched(
  run: NarrowedBuild,
  model: Model,
  context: CompileContext,
  touched: string,
  by: KeyDomain,
): Promise<void> {
  const { graph } = context;
  const readers = model.name === LEDGER ? context.bindings.map(({ measure }) => graph.byName.get(measure)!) : [model];
  const only = new Map(
    readers
      .flatMap((reader) => [...needsOf(graph, reader).stored])
      .flatMap((name) => {
        const narrow = graph.byName.get(name)?.narrow;
        return narrow && 'rows' in narrow && narrow.by === by
          ? [[name, run.narrowing.touched(by, narrow.rows)] as const]
          : [];
      }),
  );
  const narrowed = { ...context, events: run.narrowing.events, slices: 1, only };
  return buildModel(run.warehouse, model, narrowed, run.quarter, run.build, touched);
}

/** Sums over keys: what the touched ones gave before is taken off, by the same SQL over the events as they were. */
async function buildSummed(run: NarrowedBuild, model: Model, { by, sums }: Summed): Promise<void> {
  const { context, narrowing, warehouse, quarter, build } = run;
  const { from } = narrowing;
  const give = (before: boolean) =>
    compileSql(model, {
      ...context,
      events: narrowing.eventsOf(by, before),
      visible: (one) => (before && one.name === VOIDED ? [from] : context.visible(one)),
    });
  const signed = (sign: string) => `* REPLACE (${sums.map((name) => `${sign}toInt64(${name}) AS ${name}`).join(', ')})`;
  const live = `SELECT * EXCEPT (ruleset, quarter, build) FROM ${storedTable(model, run.context)} WHERE ${ofBuild(from)}`;
  const rows = `SELECT ${signed('')} FROM (${live}) UNION ALL SELECT ${signed('-')} FROM (\n${give(true)}\n) UNION ALL SELECT ${signed('')} FROM (\n${give(false)}\n)`;
  const keys = model.unique_key!.join(', ');
  const total = sums.map((name) => `sum(r.${name}) AS ${name}`).join(', ');
  await warehouse.command(
    `INSERT INTO ${storedTable(model, run.context)} (ruleset, quarter, build, ${keys}, ${sums.join(', ')}) SELECT ${quote(from.ruleset)} AS ruleset, ${quote(quarter)} AS quarter, toUInt64(${build}) AS build, ${keys}, ${sums.join(', ')}
     FROM (SELECT ${keys}, ${total} FROM (${rows}) AS r GROUP BY ${keys}) WHERE ${sums.map((name) => `${name} != 0`).join(' OR ')}`,
    undefined,
    BUILD_SETTINGS,
  );
}

async function takeOver(run: NarrowedBuild, model: Model, condition: string): Promise<void> {
  const table = storedTable(model, run.context);
  await run.warehouse.command(
    // Inside: beside its new value a condition on the build would mean that one.
    `INSERT INTO ${table} SELECT * REPLACE (toUInt64(${run.build}) AS build) FROM (SELECT * FROM ${table} WHERE ${ofBuild(run.narrowing.from)} AND ${condition})`,
    undefined,
    BUILD_SETTINGS,
  );
}

/** Whether a model that was built as a whole has the rows of the live build. That its key is unique is tested afterwards, and was then. */
async function isAsBefore(run: NarrowedBuild, model: Model): Promise<boolean> {
  if (!model.unique_key || model.layer !== 'intermediate') return false;
  const { from } = run.narrowing;
  const of = (build: number) => `FROM ${storedTable(model, run.context)} WHERE ${ofBuild({ ...from, build })}`;
  const [counts] = await run.warehouse.query<{ now: number; before: number }>(
    `SELECT (SELECT count() ${of(run.build)}) AS now, (SELECT count() ${of(from.build)}) AS before`,
  );
  const { now, before } = counts!;
  if (now !== before || now > COMPARED) return false;
  const rows = (build: number) => `SELECT * EXCEPT build ${of(build)}`;
  const [other] = await run.warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM (${rows(run.build)} EXCEPT DISTINCT ${rows(from.build)})`,
  );
  return other!.n === 0;
}
