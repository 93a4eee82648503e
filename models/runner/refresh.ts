/**
 * Brings every model up to date: notes new events, plans, builds the quarters they touch beside what is live, tests, and
 * makes all of it visible by one insert. A failure leaves what was there.
 */
import type { Warehouse } from '@hengjian/warehouse';
import { derivePublications } from '../publication/derive-publications.ts';
import { createPublicationTables } from '../publication/publication-tables.ts';
import { stagedEvents, tableNames } from './build-context.ts';
import { BuildError } from './build-models.ts';
import { type BuildRun, buildPlanned, makeLive, nameViews } from './build-quarters.ts';
import { dropSuperseded } from './drop-superseded.ts';
import { eventRows, takeSnapshot } from './event-snapshot.ts';
import { type LiveBuild, liveBuilds, nextBuild, recordRefresh } from './live-builds.ts';
import { foreseeWays } from './narrow/foresee-ways.ts';
import type { QuarterWays } from './narrow/way-of.ts';
import { noteProblems } from './note-problems.ts';
import { type PlanOptions, planRefresh, type RefreshPlan } from './plan-refresh.ts';
import { keptRuleSets, type Project } from './project.ts';
import { noteBatches } from './recorded-batches.ts';
import { withRefreshLease } from './refresh-lease.ts';
import { restateFacts } from './restate-facts.ts';
import { loadSeeds } from './seeds.ts';

export interface RefreshOptions extends PlanOptions {
  /** In how many slices a quarter's large models are built; by default as many as its events ask for. */
  slices?: number;
  /** Quarters of no more events have all of them judged again after new ones: planning the other way takes longer than that. */
  judgedWhole?: number;
  /** Gives up between two queries; what was live stays live. */
  signal?: AbortSignal;
  onProgress?: (message: string) => void;
}

export interface RefreshResult {
  /** Number of the build that is live now. */
  build: number;
  /** Quarters built by this refresh, under whichever rule set. */
  built: string[];
  newEvents: number;
  /** Quarters that have events but cannot be scored: reason by quarter. */
  problems: Map<string, string>;
  /** The same by rule set: what one cannot score another may. */
  problemsByRuleSet: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Recording time of the newest event that was seen, as local wall time; null without events. */
  asOf: string | null;
  /** How the quarters that were built came to their rows. */
  ways: readonly QuarterWays[];
}

/** Tables from which a refresh after new events removes old builds: all, at each, would be a third of its statements. */
const TIDIED_AT_ONCE = 5;

/** What is known before a plan can be made. */
interface Prepared {
  started: number;
  newEvents: number;
  restarted: boolean;
  rows: string;
  events: string;
  live: LiveBuild[];
  asOf: string | null;
}

/** All rule sets that the project keeps. @throws BuildError, and what `planRefresh` throws */
export function refresh(warehouse: Warehouse, project: Project, options: RefreshOptions = {}): Promise<RefreshResult> {
  return leased(warehouse, project, options, async (fenced, prepared) => {
    const result = await carryOut(fenced, project, options, prepared);
    await derivePublications(fenced, project);
    return result;
  });
}

/** What `refresh` would build now; builds nothing. */
export function planOnly(warehouse: Warehouse, project: Project, options: RefreshOptions = {}): Promise<RefreshPlan> {
  return leased(warehouse, project, options, async (fenced, prepared) =>
    foreseeWays(fenced, project, prepared, await planRefresh(fenced, project, prepared, options)),
  );
}

function leased<T>(
  warehouse: Warehouse,
  project: Project,
  options: RefreshOptions,
  job: (fenced: Warehouse, prepared: Prepared) => Promise<T>,
): Promise<T> {
  return withRefreshLease(warehouse, async (fenced) => {
    await createPublicationTables(fenced);
    const snapshot = await takeSnapshot(fenced, warehouse.database);
    try {
      return await job(fenced, await prepare(fenced, project, options, snapshot.table));
    } finally {
      await snapshot.drop();
    }
  });
}

/** @param table the events of this moment */
async function prepare(
  warehouse: Warehouse,
  project: Project,
  options: RefreshOptions,
  table: string,
): Promise<Prepared> {
  const started = performance.now();
  for (const ruleSet of keptRuleSets(project)) await loadSeeds(warehouse, ruleSet, project.calendar);
  const { newEvents, restarted } = await noteBatches(warehouse, table);
  const restated = await restateFacts(warehouse, table, options.signal, options.onProgress);
  const rows = eventRows(table, warehouse.database, restated.rows);
  const events = stagedEvents(warehouse, project, rows);
  const live = await liveBuilds(warehouse);
  return { started, newEvents, restarted, rows, events, live, asOf: await newestRecording(warehouse) };
}

async function carryOut(
  warehouse: Warehouse,
  project: Project,
  options: RefreshOptions,
  prepared: Prepared,
): Promise<RefreshResult> {
  const { live, newEvents, asOf, started, events } = prepared;
  const plan = await planRefresh(warehouse, project, prepared, options);
  for (const { ruleSet, problems, quarters } of plan.ruleSets)
    await noteProblems(warehouse, ruleSet.id, problems, new Set(quarters.map(({ quarter }) => quarter)));
  const problems = new Map(plan.ruleSets.flatMap((one) => [...one.problems]));
  const problemsByRuleSet = new Map(plan.ruleSets.map((one) => [one.ruleSet.id, one.problems]));
  const built = [...new Set(plan.ruleSets.flatMap(({ quarters }) => quarters.map(({ quarter }) => quarter)))].sort();
  const previous = Math.max(0, ...live.map(({ build }) => build));
  if (!plan.ruleSets.some(({ stale }) => stale)) {
    // A process may have died between making a build live and naming its views.
    await nameViews({ warehouse, project });
    return { build: previous, built: [], newEvents, problems, problemsByRuleSet, asOf, ways: [] };
  }
  const run: BuildRun = {
    ...prepared,
    ...options,
    warehouse,
    project,
    plan,
    build: await nextBuild(warehouse),
    tables: await tableNames(warehouse),
    ways: [],
  };
  try {
    await buildWithWayBack(run);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const failed = { build: previous, quarters: [], newEvents, asOf, started, events };
    await recordRefresh(warehouse, { ...failed, error: (error as Error).message });
    throw error;
  }
  await makeLive(run);
  await recordRefresh(warehouse, { build: run.build, quarters: built, newEvents, asOf, started, error: '', events });
  const small = plan.ruleSets.every(({ quarters }) => quarters.every(({ reason }) => reason === 'new events'));
  await dropSuperseded(warehouse, project.graph, small ? TIDIED_AT_ONCE : undefined);
  return { build: run.build, built, newEvents, problems, problemsByRuleSet, asOf, ways: run.ways };
}

/** Rows that were taken over and then fail a test would do so at each refresh: what all of them come from decides. */
async function buildWithWayBack(run: BuildRun): Promise<void> {
  try {
    await buildPlanned(run);
  } catch (error) {
    if (!(error instanceof BuildError) || run.ways.every(({ models }) => models.size === 0)) throw error;
    run.onProgress?.(`${error.message}; building whole what was narrowed`);
    run.build = await nextBuild(run.warehouse);
    run.ways = [];
    run.whole = `rows taken over failed: ${error.message}`;
    await buildPlanned(run);
  }
}

/** The books balance with the events: what is in them need not be searched for among the events. */
async function newestRecording(warehouse: Warehouse): Promise<string | null> {
  const [row] = await warehouse.query<{ at: string }>(
    'SELECT toString(max(recorded_at)) AS at FROM recorded_batches HAVING count() > 0',
  );
  return row?.at ?? null;
}
