/**
 * Brings every model up to date: note new events, build the quarters they touch beside what is live, test, and make
 * all of it visible by one insert. A failure leaves what was there.
 */
import type { Warehouse } from '@hengjian/warehouse';
import { CalendarError } from '../calendar/notice.ts';
import { parseQuarter } from '../calendar/quarter.ts';
import { derivePublications } from '../publication/derive-publications.ts';
import { createPublicationTables } from '../publication/publication-tables.ts';
import { type RuleSet, ruleSetOn } from '../ruleset/rule-set.ts';
import { activeQuarters } from './active-quarters.ts';
import { BuildError, buildModel, createTables, runInOrder } from './build-models.ts';
import { quarterModels } from './compile-graph.ts';
import { type CompileContext, compileSql } from './compile-sql.ts';
import { countSlices } from './count-slices.ts';
import { dropSuperseded } from './drop-superseded.ts';
import { type EventSnapshot, eventRows, takeSnapshot } from './event-snapshot.ts';
import { localNow } from './local-now.ts';
import type { Model } from './model.ts';
import { noteProblems } from './note-problems.ts';
import { fingerprintOf, type Project } from './project.ts';
import { publishViews } from './publish-views.ts';
import { cutoffOf, guardFirstYear } from './quarter-scope.ts';
import { balanceVariables } from './read-types.ts';
import { noteBatches, pendingEvents } from './recorded-batches.ts';
import { withRefreshLock } from './refresh-lock.ts';
import { restateFacts } from './restate-facts.ts';
import { runTests } from './run-tests.ts';
import { loadSeeds, seedOf } from './seeds.ts';
import { FAR_FUTURE, itemVariables, variablesOf } from './variables.ts';

export interface RefreshOptions {
  /** Quarters to build even if no event lies in them. */
  quarters?: readonly string[];
  /** Build every quarter, changed or not. */
  full?: boolean;
  now?: Date;
  /** In how many slices a quarter's large models are built; by default as many as its events ask for. */
  slices?: number;
  /** Gives up between two queries; what was live stays live. */
  signal?: AbortSignal;
  onProgress?: (message: string) => void;
}

export interface RefreshResult {
  /** Number of the build that is live now. */
  build: number;
  /** Quarters built by this refresh. */
  built: string[];
  newEvents: number;
  /** Quarters that have events but cannot be scored: reason by quarter. */
  problems: Map<string, string>;
  /** Recording time of the newest event that was seen, as local wall time; null without events. */
  asOf: string | null;
}

interface LiveBuild {
  quarter: string;
  build: number;
  fingerprint: string;
  cutoff: string | null;
}

export function refresh(warehouse: Warehouse, project: Project, options: RefreshOptions = {}): Promise<RefreshResult> {
  return withRefreshLock(warehouse, async () => {
    await createPublicationTables(warehouse);
    const snapshot = await takeSnapshot(warehouse, warehouse.database);
    let result: RefreshResult;
    try {
      result = await refreshLocked(warehouse, project, options, snapshot);
    } finally {
      await snapshot.drop();
    }
    await derivePublications(warehouse, project);
    return result;
  });
}

async function refreshLocked(
  warehouse: Warehouse,
  project: Project,
  options: RefreshOptions,
  snapshot: EventSnapshot,
): Promise<RefreshResult> {
  const started = performance.now();
  const now = options.now ?? new Date();
  const { graph } = project;
  await loadSeeds(warehouse, project.ruleSet, project.calendar);
  const tables = await tableNames(warehouse);
  const { newEvents, restarted } = await noteBatches(warehouse, snapshot.table);
  const restated = await restateFacts(warehouse, snapshot.table, options.signal, options.onProgress);
  const rows = eventRows(snapshot.table, warehouse.database, restated.rows);
  const events = stagedEvents(warehouse, project, rows);
  const pending = await pendingEvents(warehouse);
  const fingerprint = fingerprintOf(project);
  const live = await liveBuilds(warehouse);
  const asOf = await newestRecording(warehouse, events);

  const wanted = new Set([
    ...(await activeQuarters(warehouse, events, project.ruleSet)),
    ...live.keys(),
    ...(options.quarters ?? []),
  ]);
  wanted.delete('');
  const scopes = new Map<string, string | null>();
  const problems = new Map<string, string>();
  for (const id of [...wanted].sort()) {
    const quarter = parseQuarter(id);
    if (!quarter) continue;
    try {
      const cutoff = cutoffOf(quarter, project, now);
      const known = live.get(id);
      const touched =
        options.full ||
        restarted ||
        !known ||
        known.fingerprint !== fingerprint ||
        known.cutoff !== cutoff ||
        (pending.earliest !== null && pending.earliest <= (cutoff ?? FAR_FUTURE));
      if (!touched) continue;
      await guardFirstYear(warehouse, events, quarter, project);
      scopes.set(id, cutoff);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      problems.set(id, error.message);
    }
  }
  await noteProblems(warehouse, problems, scopes);

  const previous = Math.max(0, ...[...live.values()].map(({ build }) => build));
  const staleTables =
    pending.events > 0 || restarted || live.get('')?.fingerprint !== fingerprint || options.full === true;
  if (scopes.size === 0 && !staleTables) {
    // A process may have died between making a build live and naming its views.
    await publishViews(warehouse, graph, (model) => compileSql(model, contextFor(warehouse, project, null)));
    return { build: previous, built: [], newEvents, problems, asOf };
  }

  const build = await nextBuild(warehouse);
  const visible = new Map(
    [...live].filter(([quarter]) => quarter !== '').map(([quarter, { build: number }]) => [quarter, number]),
  );
  const incremental = graph.models.filter((model) => model.kind === 'incremental');
  const needed = quarterModels(graph, project.ruleSet.bindings);
  const whole = graph.models.filter((model) => model.kind === 'table');
  try {
    for (const [quarter, cutoff] of scopes) {
      options.onProgress?.(`building ${quarter}`);
      const slices = options.slices ?? (await countSlices(warehouse, events, parseQuarter(quarter)!));
      const context = contextFor(warehouse, project, { quarter, cutoff, asOf: null, build, slices }, undefined, {
        rows,
      });
      await loadSeeds(warehouse, effective(project, quarter), project.calendar);
      await createTables(warehouse, needed, () => context, tables);
      await runInOrder(graph, needed, 3, (model) => {
        options.signal?.throwIfAborted();
        return buildModel(warehouse, model, context, quarter, build);
      });
      options.signal?.throwIfAborted();
      await testAll(warehouse, needed, context);
      visible.set(quarter, build);
    }
    const context = contextFor(warehouse, project, null, { visible, build }, { rows });
    if (whole.length > 0) options.onProgress?.('building tables');
    await createTables(
      warehouse,
      incremental,
      () => contextFor(warehouse, project, { quarter: '2010Q1', cutoff: null, asOf: null, build, slices: 1 }),
      tables,
    );
    await createTables(warehouse, whole, () => context, tables);
    await runInOrder(graph, whole, 3, (model) => buildModel(warehouse, model, context, '', build));
    await testAll(warehouse, whole, context);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    await recordRefresh(warehouse, {
      build: previous,
      quarters: [],
      newEvents,
      asOf,
      started,
      error: (error as Error).message,
      events,
    });
    throw error;
  }
  await warehouse.insert(
    'builds',
    ['', ...scopes.keys()].map((quarter) => ({
      quarter,
      build,
      fingerprint,
      ruleset: project.ruleSet.id,
      version: project.ruleSet.version,
      hash: project.ruleSet.hash,
      cutoff: scopes.get(quarter) ?? null,
      as_of: asOf ?? localNow(),
      built_at: localNow(),
    })),
  );
  await publishViews(warehouse, graph, (model) =>
    compileSql(model, contextFor(warehouse, project, null, { visible, build })),
  );
  await recordRefresh(warehouse, { build, quarters: [...scopes.keys()], newEvents, asOf, started, error: '', events });
  await dropSuperseded(warehouse, graph);
  return { build, built: [...scopes.keys()], newEvents, problems, asOf };
}

/** The rule set with the parameters in force at the end of a quarter. */
function effective(project: Project, quarter: string): RuleSet {
  return ruleSetOn(project.ruleSet, parseQuarter(quarter)!.end);
}

export interface EventSource {
  /** Where the log is, if not in the warehouse that is built in. */
  database?: string;
  /** What source('events') stands for; by default what the log holds at each query. */
  rows?: string;
}

/** The context of one quarter's build, or of models that are not built by quarter. */
export function contextFor(
  warehouse: Warehouse,
  project: Project,
  scope: { quarter: string; cutoff: string | null; asOf: string | null; build: number; slices: number } | null,
  all: { visible: ReadonlyMap<string, number>; build: number } = { visible: new Map(), build: 0 },
  { database: eventDatabase = warehouse.database, rows }: EventSource = {},
): CompileContext {
  const quarter = scope ? parseQuarter(scope.quarter)! : null;
  const ruleSet = scope ? effective(project, scope.quarter) : project.ruleSet;
  return {
    graph: project.graph,
    database: warehouse.database,
    eventDatabase,
    events: rows ?? eventRows(`${eventDatabase}.events`, eventDatabase),
    bindings: ruleSet.bindings.map((binding) => ({ ...binding, variables: itemVariables(ruleSet, binding.item) })),
    variables: new Map([
      ...variablesOf(ruleSet, scope && { quarter: quarter!, cutoff: scope.cutoff, asOf: scope.asOf }),
      ...balanceVariables(project.graph, ruleSet),
    ]),
    slices: scope?.slices ?? 1,
    seed: (name) => seedOf(name, ruleSet, project.calendar),
    visible: (model) => {
      if (model.kind === 'table') return [['', all.build]];
      return scope ? [[scope.quarter, scope.build]] : [...all.visible];
    },
  };
}

export async function testAll(warehouse: Warehouse, models: readonly Model[], context: CompileContext): Promise<void> {
  for (const model of models) {
    const failed = (await runTests(warehouse, model, context)).filter(({ badRows }) => badRows > 0);
    const first = failed[0];
    if (first)
      throw new BuildError(
        `${first.file}: test ${first.test} found ${first.badRows} bad rows; the models stay as they were`,
      );
  }
}

/** The staged events as a FROM item. @param rows what source('events') stands for */
export function stagedEvents(warehouse: Warehouse, project: Project, rows: string): string {
  const context = contextFor(warehouse, project, null, undefined, { rows });
  return `(${compileSql(project.graph.byName.get('stg_events')!, context)})`;
}

export async function tableNames(warehouse: Warehouse): Promise<Set<string>> {
  const rows = await warehouse.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase()',
  );
  return new Set(rows.map(({ name }) => name));
}

async function liveBuilds(warehouse: Warehouse): Promise<Map<string, LiveBuild>> {
  const rows = await warehouse.query<LiveBuild>(
    `SELECT quarter, max(build) AS build, argMax(fingerprint, b.build) AS fingerprint, argMax(tuple(toString(cutoff)), b.build).1 AS cutoff FROM builds AS b GROUP BY quarter`,
  );
  return new Map(rows.map((row) => [row.quarter, row]));
}

async function nextBuild(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ next: number }>(
    'SELECT greatest((SELECT max(build) FROM builds), (SELECT max(build) FROM refreshes), (SELECT max(run) FROM recorded_batches)) + 1 AS next',
  );
  // A build that failed before it was recorded may have left rows: they carry a lower number than the clock's.
  return Math.max(row!.next, Date.now());
}

async function newestRecording(warehouse: Warehouse, events: string): Promise<string | null> {
  const [row] = await warehouse.query<{ at: string }>(
    `SELECT toString(max(recorded_at)) AS at FROM ${events} HAVING count() > 0`,
  );
  return row?.at ?? null;
}

async function recordRefresh(
  warehouse: Warehouse,
  entry: {
    build: number;
    quarters: string[];
    newEvents: number;
    asOf: string | null;
    started: number;
    error: string;
    events: string;
  },
): Promise<void> {
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
