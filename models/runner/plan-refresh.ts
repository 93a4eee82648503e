/** What a refresh would build, why, and in which order: data, made by reading only. */
import type { Warehouse } from '@hengjian/warehouse';
import { CalendarError } from '../calendar/notice.ts';
import { parsePeriod } from '../calendar/period.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import { activePeriods } from './active-periods.ts';
import { quarterModels } from './compile-graph.ts';
import type { LiveBuild } from './live-builds.ts';
import type { QuarterWays } from './narrow/way-of.ts';
import { fingerprintOf, keptRuleSets, type Project } from './project.ts';
import { cutoffOf, guardFirstYear } from './quarter-scope.ts';
import { type Pending, pendingEvents } from './recorded-batches.ts';
import { FAR_FUTURE } from './variables.ts';

export type Reason =
  | 'asked for'
  | 'the log was replaced'
  | 'never built'
  | 'models, rules or calendar changed'
  | 'its cut-off changed'
  | 'new events';

export interface PlannedQuarter {
  ruleset: string;
  /** Id of a quarter, or of a month or a year that the rule set scores. */
  quarter: string;
  /** Local wall time of the last microsecond that counts; null while it is not known. */
  cutoff: string | null;
  reason: Reason;
  /** Where it was asked how its models come to their rows. */
  ways?: QuarterWays;
}

export interface RuleSetPlan {
  ruleSet: RuleSet;
  fingerprint: string;
  /** Of this rule set something is to be noted, if only that its new events change no quarter. */
  stale: boolean;
  quarters: PlannedQuarter[];
  /** Stored models of each quarter, in build order. */
  models: string[];
  /** Quarters that cannot be scored: reason by quarter. */
  problems: Map<string, string>;
}

export interface RefreshPlan {
  ruleSets: RuleSetPlan[];
  /** Models that are built whole, after all quarters. */
  tables: string[];
}

export interface PlanState {
  live: readonly LiveBuild[];
  /** The staged events, as a FROM item. */
  events: string;
  /** The books of recorded batches were started anew. */
  restarted: boolean;
}

export interface PlanOptions {
  /** Quarters to build even if no event lies in them. */
  quarters?: readonly string[];
  /** Build every quarter, changed or not. */
  full?: boolean;
  now?: Date;
}

export async function planRefresh(
  warehouse: Warehouse,
  project: Project,
  state: PlanState,
  options: PlanOptions = {},
): Promise<RefreshPlan> {
  const ruleSets: RuleSetPlan[] = [];
  for (const ruleSet of keptRuleSets(project)) {
    const pending = await pendingEvents(warehouse, ruleSet.id);
    ruleSets.push(await planRuleSet(warehouse, { ...project, ruleSet }, { ...state, pending }, options));
  }
  const tables = project.graph.models.filter(({ kind }) => kind === 'table').map(({ name }) => name);
  return { ruleSets, tables: ruleSets.some(({ stale }) => stale) ? tables : [] };
}

async function planRuleSet(
  warehouse: Warehouse,
  project: Project,
  state: PlanState & { pending: Pending },
  options: PlanOptions,
): Promise<RuleSetPlan> {
  const { ruleSet, graph } = project;
  const { events, pending, restarted } = state;
  const fingerprint = fingerprintOf(project);
  const live = new Map(state.live.filter(({ ruleset }) => ruleset === ruleSet.id).map((row) => [row.quarter, row]));
  const known = [...(await activePeriods(warehouse, events, ruleSet)), ...live.keys(), ...(options.quarters ?? [])];
  const quarters: PlannedQuarter[] = [];
  const problems = new Map<string, string>();
  for (const id of [...new Set(known)].sort()) {
    const quarter = parsePeriod(id);
    if (!quarter || (quarter.type !== 'quarter' && !ruleSet.periods.includes(quarter.type))) continue;
    try {
      const cutoff = cutoffOf(quarter, project, options.now ?? new Date());
      const reason = reasonToBuild(live.get(id), {
        fingerprint,
        cutoff,
        pending,
        restarted,
        full: options.full === true,
      });
      if (reason === null) continue;
      await guardFirstYear(warehouse, events, quarter, project);
      quarters.push({ ruleset: ruleSet.id, quarter: id, cutoff, reason });
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      problems.set(id, error.message);
    }
  }
  const stale =
    quarters.length > 0 ||
    pending.events > 0 ||
    restarted ||
    options.full === true ||
    live.get('')?.fingerprint !== fingerprint;
  const models = quarterModels(graph, ruleSet.bindings).map(({ name }) => name);
  return { ruleSet, fingerprint, stale, quarters, models, problems };
}

/** An event can change only quarters whose cut-off is not before its time. */
export function reasonToBuild(
  live: Pick<LiveBuild, 'fingerprint' | 'cutoff'> | undefined,
  now: { fingerprint: string; cutoff: string | null; pending: Pending; restarted: boolean; full: boolean },
): Reason | null {
  if (now.full) return 'asked for';
  if (now.restarted) return 'the log was replaced';
  if (!live) return 'never built';
  // What it was made of is not known any more: a refresh died after the books were started anew, or they were emptied.
  if (now.pending.all) return 'the log was replaced';
  if (live.fingerprint !== now.fingerprint) return 'models, rules or calendar changed';
  if (live.cutoff !== now.cutoff) return 'its cut-off changed';
  const { earliest } = now.pending;
  return earliest !== null && earliest <= (now.cutoff ?? FAR_FUTURE) ? 'new events' : null;
}

/** As `refresh --plan` prints it. */
export function planText({ ruleSets, tables }: RefreshPlan): string {
  const lines = ruleSets.flatMap(({ ruleSet, quarters, models, problems }) => [
    `${ruleSet.id}: ${quarters.length === 0 ? 'nothing to build' : `${quarters.length} to build, ${models.length} models each`}`,
    ...quarters.flatMap(({ quarter, reason, cutoff, ways }) => [
      `  ${quarter}  ${reason}  (counts up to ${cutoff?.slice(0, 10) ?? 'now'})`,
      ...(ways ? waysText(ways) : []),
    ]),
    ...[...problems].map(([quarter, problem]) => `  ${quarter}  cannot be scored: ${problem}`),
    ...(quarters.length === 0 ? [] : [`  in this order: ${models.join(', ')}`]),
  ]);
  if (tables.length > 0) lines.push(`then, over all quarters: ${tables.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function waysText({ whole, models }: QuarterWays): string[] {
  if (whole !== undefined) return [`    built as a whole: ${whole}`];
  const { kept, narrowed, built } = byWay(models);
  return [
    ...(kept.length > 0 ? [`    stay as they are: ${kept.join(', ')}`] : []),
    ...Object.entries(narrowed).map(([by, names]) => `    only rows of touched keys (${by}): ${names.join(', ')}`),
    ...Object.entries(built).map(([name, why]) => `    built as a whole: ${name} (${why})`),
  ];
}

function byWay(models: QuarterWays['models']) {
  const kept: string[] = [];
  const narrowed: Record<string, string[]> = {};
  const built: Record<string, string> = {};
  for (const [name, way] of models)
    if (way.way === 'kept') kept.push(name);
    else if (way.way === 'whole') built[name] = way.why;
    else {
      const by = way.way === 'judged' ? 'event' : way.by;
      narrowed[by] = [...(narrowed[by] ?? []), name];
    }
  return { kept, narrowed, built };
}

/** As `refresh --plan --json` prints it. */
export function planJson({ ruleSets, tables }: RefreshPlan): object {
  return {
    rulesets: ruleSets.map(({ ruleSet, quarters, models, problems }) => ({
      ruleset: ruleSet.id,
      quarters: quarters.map(({ quarter, reason, cutoff, ways }) => ({
        ...{ quarter, reason, cutoff },
        ...(ways && { ways: ways.whole === undefined ? byWay(ways.models) : { whole: ways.whole } }),
      })),
      models,
      problems: Object.fromEntries(problems),
    })),
    tables,
  };
}
