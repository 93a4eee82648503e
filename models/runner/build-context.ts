/** What a build is made with: one rule set and quarter, or (for models that are not built by quarter) all that is live. */

import type { Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import { parsePeriod } from '../calendar/period.ts';
import { type RuleSet, ruleSetOn } from '../ruleset/rule-set.ts';
import { BuildError } from './build-models.ts';
import { type CompileContext, compileSql, type VisibleBuild } from './compile-sql.ts';
import { eventRows } from './event-snapshot.ts';
import { markCutoffs } from './mark-cutoffs.ts';
import type { Model } from './model.ts';
import type { Project } from './project.ts';
import { balanceVariables } from './read-types.ts';
import { runTests, type TestResult } from './run-tests.ts';
import { seedOf } from './seeds.ts';
import { historiesOf, itemHistories, itemVariables, variablesOf } from './variables.ts';

export interface BuildScope {
  quarter: string;
  cutoff: string | null;
  asOf: string | null;
  build: number;
  slices: number;
}

export interface EventSource {
  /** Where the log is, if not in the warehouse that is built in. */
  database?: string;
  /** What source('events') stands for; by default what the log holds at each query. */
  rows?: string;
}

/** The rule set with the parameters in force at the end of a quarter. */
export function effectiveRuleSet(ruleSet: RuleSet, quarter: string): RuleSet {
  return ruleSetOn(ruleSet, parsePeriod(quarter)!.end);
}

/** @param all what a model that is not built by quarter sees */
export function contextFor(
  warehouse: Warehouse,
  project: Project,
  scope: BuildScope | null,
  all: { visible: readonly VisibleBuild[]; build: number } = { visible: [], build: 0 },
  { database: eventDatabase = warehouse.database, rows }: EventSource = {},
): CompileContext {
  const quarter = scope ? parsePeriod(scope.quarter)! : null;
  const ruleSet = scope ? effectiveRuleSet(project.ruleSet, scope.quarter) : project.ruleSet;
  return {
    graph: project.graph,
    database: warehouse.database,
    eventDatabase,
    events: rows ?? eventRows(`${quoteIdentifier(eventDatabase)}.events`, eventDatabase),
    bindings: ruleSet.bindings.map((binding) => ({
      ...binding,
      variables: itemVariables(ruleSet, binding.item),
      histories: itemHistories(ruleSet, binding.item),
    })),
    variables: new Map([
      ...variablesOf(ruleSet, scope && { quarter: quarter!, cutoff: scope.cutoff, asOf: scope.asOf }),
      ...balanceVariables(project.graph, ruleSet),
      ['mark_cutoffs', markCutoffs(project, quarter)],
    ]),
    histories: historiesOf(ruleSet),
    slices: scope?.slices ?? 1,
    seed: (name) => seedOf(name, ruleSet, project.calendar),
    visible: (model) => {
      if (model.kind === 'table') return [{ ruleset: '', quarter: '', build: all.build }];
      return scope ? [{ ruleset: ruleSet.id, quarter: scope.quarter, build: scope.build }] : all.visible;
    },
  };
}

/** As many queries at a time as models are built at a time. */
const AT_ONCE = 3;

/** @throws BuildError for the first test that finds bad rows */
export async function testAll(warehouse: Warehouse, models: readonly Model[], context: CompileContext): Promise<void> {
  const waiting = [...models];
  const results: TestResult[] = [];
  const work = async () => {
    for (let model = waiting.shift(); model; model = waiting.shift())
      results.push(...(await runTests(warehouse, model, context)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const first = results.find(({ badRows }) => badRows > 0);
  if (first)
    throw new BuildError(
      `${first.file}: test ${first.test} found ${first.badRows} bad rows; the models stay as they were`,
    );
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
