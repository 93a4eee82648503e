/** Carries out a plan: builds beside what is live, tests, and makes all of it visible by one insert. */
import type { Warehouse } from '@hengjian/warehouse';
import { parsePeriod } from '../calendar/period.ts';
import { contextFor, effectiveRuleSet, testAll } from './build-context.ts';
import { buildModel, createTables, runInOrder } from './build-models.ts';
import { modelsOfPeriod } from './compile-graph.ts';
import { type CompileContext, compileSql, type VisibleBuild } from './compile-sql.ts';
import { countSlices } from './count-slices.ts';
import type { LiveBuild } from './live-builds.ts';
import { localNow } from './local-now.ts';
import type { Model } from './model.ts';
import { buildNarrowed } from './narrow/build-narrowed.ts';
import { openNarrowing } from './narrow/open-narrowing.ts';
import type { QuarterWays, Way } from './narrow/way-of.ts';
import type { PlannedQuarter, RefreshPlan, RuleSetPlan } from './plan-refresh.ts';
import type { Project } from './project.ts';
import { publishViews } from './publish-views.ts';
import { loadSeeds } from './seeds.ts';

/** In a quarter of as many events to judge all of them takes as long as to plan the statements that judge some aside. */
const JUDGED_WHOLE = 150_000;

export interface BuildRun {
  warehouse: Warehouse;
  project: Project;
  plan: RefreshPlan;
  build: number;
  live: readonly LiveBuild[];
  /** What source('events') stands for. */
  rows: string;
  /** The staged events, as a FROM item. */
  events: string;
  asOf: string | null;
  /** Tables of the warehouse; those that are made are added. */
  tables: Set<string>;
  slices?: number;
  judgedWhole?: number;
  /** Why nothing is narrowed. */
  whole?: string;
  signal?: AbortSignal;
  onProgress?: (message: string) => void;
  /** What becomes of each quarter; added to. */
  ways: QuarterWays[];
}

/** @throws BuildError; nothing that was live has changed then */
export async function buildPlanned(run: BuildRun): Promise<void> {
  const { warehouse, project, plan } = run;
  for (const ruleSet of plan.ruleSets)
    for (const quarter of ruleSet.quarters) await buildQuarter(run, ruleSet, quarter);
  await createMissing(run);
  const whole = plan.tables.map((name) => project.graph.byName.get(name)!);
  if (whole.length === 0) return;
  run.onProgress?.('building tables');
  const context = contextFor(
    warehouse,
    project,
    null,
    { visible: visibleAfter(run), build: run.build },
    { rows: run.rows },
  );
  await createTables(warehouse, whole, () => context, run.tables);
  await runInOrder(project.graph, whole, 3, (model) => buildModel(warehouse, model, context, '', run.build));
  await testAll(warehouse, whole, context);
}

async function buildQuarter(run: BuildRun, { ruleSet }: RuleSetPlan, planned: PlannedQuarter): Promise<void> {
  const { warehouse, build, rows, signal } = run;
  const { quarter, cutoff } = planned;
  const period = parsePeriod(quarter)!;
  run.onProgress?.(`building ${quarter}${run.plan.ruleSets.length > 1 ? ` of ${ruleSet.id}` : ''}`);
  const slices = run.slices ?? (await countSlices(warehouse, run.events, period));
  const project = { ...run.project, ruleSet };
  const context = contextFor(warehouse, project, { quarter, cutoff, asOf: null, build, slices }, undefined, { rows });
  const effective = effectiveRuleSet(ruleSet, quarter);
  const needed = modelsOfPeriod(period.type, project.graph, effective.bindings);
  // Those of the rule set itself are there since the plan was made.
  if (effective.seed !== ruleSet.seed || effective.hash !== ruleSet.hash)
    await loadSeeds(warehouse, effective, project.calendar);
  await createTables(warehouse, needed, () => context, run.tables);
  const ways = await buildRows(run, planned, context, needed);
  signal?.throwIfAborted();
  // What is as it was has passed its tests.
  const fresh = needed.filter(({ name }) => ways.get(name)?.way !== 'kept');
  await testAll(warehouse, fresh, context);
}

/** @returns how each model came to its rows; nothing of those built whole with all others */
async function buildRows(
  run: BuildRun,
  { ruleset, quarter, reason }: PlannedQuarter,
  context: CompileContext,
  models: readonly Model[],
): Promise<ReadonlyMap<string, Way>> {
  const { warehouse, build, signal } = run;
  const inOrder = (job: (model: Model) => Promise<void>) =>
    runInOrder(context.graph, models, 3, (model) => {
      signal?.throwIfAborted();
      return job(model);
    });
  const live = run.live.find((one) => one.ruleset === ruleset && one.quarter === quarter);
  const narrowing =
    reason === 'new events' && live && !run.whole
      ? await openNarrowing({ warehouse, context, from: live, models, bindings: context.bindings })
      : (run.whole ?? reason);
  const taken: QuarterWays = { ruleset, quarter, models: new Map() };
  run.ways.push(taken);
  if (typeof narrowing === 'string') {
    taken.whole = narrowing;
    await inOrder((model) => buildModel(warehouse, model, context, quarter, build));
    return taken.models;
  }
  try {
    const { judgedWhole = JUDGED_WHOLE } = run;
    const narrowed = { warehouse, context, narrowing, quarter, build, states: new Map(), judgedWhole };
    await inOrder(async (model) => {
      const ways = await buildNarrowed(narrowed, model);
      for (const [name, way] of ways) taken.models.set(name, way);
    });
  } finally {
    await narrowing.drop();
  }
  return taken.models;
}

/** Views speak of every stored model, also of those that no rule set in use needs. */
async function createMissing({ warehouse, project, build, tables }: BuildRun): Promise<void> {
  const stored = project.graph.models.filter(({ kind }) => kind === 'incremental');
  const scope = { quarter: '2010Q1', cutoff: null, asOf: null, build, slices: 1 };
  await createTables(warehouse, stored, () => contextFor(warehouse, project, scope), tables);
}

function visibleAfter({ live, plan, build }: BuildRun): VisibleBuild[] {
  const found = new Map(
    live.filter(({ quarter }) => quarter !== '').map((row) => [`${row.ruleset} ${row.quarter}`, row as VisibleBuild]),
  );
  for (const { quarters } of plan.ruleSets)
    for (const { ruleset, quarter } of quarters) found.set(`${ruleset} ${quarter}`, { ruleset, quarter, build });
  return [...found.values()];
}

/** One insert: from here on the build is what everybody sees. */
export async function makeLive(run: BuildRun): Promise<void> {
  const { warehouse, plan, build, asOf } = run;
  const rows = plan.ruleSets
    .filter(({ stale }) => stale)
    .flatMap(({ ruleSet, fingerprint, quarters }) =>
      [{ quarter: '', cutoff: null }, ...quarters].map(({ quarter, cutoff }) => {
        const { id, version, hash } = quarter === '' ? ruleSet : effectiveRuleSet(ruleSet, quarter);
        const at = { as_of: asOf ?? localNow(), built_at: localNow() };
        return { quarter, build, fingerprint, ruleset: id, version, hash, cutoff, ...at };
      }),
    );
  await warehouse.insert('builds', rows);
  await nameViews(run);
}

export function nameViews({ warehouse, project }: Pick<BuildRun, 'warehouse' | 'project'>): Promise<void> {
  return publishViews(warehouse, project.graph, (model: Model) =>
    compileSql(model, contextFor(warehouse, project, null)),
  );
}
