/** The models' tests against the live builds, as `hengjian models test` runs them. */
import type { Warehouse } from '@hengjian/warehouse';
import { contextFor } from './build-context.ts';
import { quarterModels } from './compile-graph.ts';
import { liveBuilds } from './live-builds.ts';
import { keptRuleSets, type Project } from './project.ts';
import { runTests, type TestResult } from './run-tests.ts';

/** Of the rule sets that are kept up to date. */
export async function testLiveModels(warehouse: Warehouse, project: Project): Promise<TestResult[]> {
  const live = await liveBuilds(warehouse);
  const kept = keptRuleSets(project);
  const results: TestResult[] = [];
  for (const ruleSet of kept) {
    const own = { ...project, ruleSet };
    const models = quarterModels(project.graph, ruleSet.bindings);
    for (const { quarter, build, cutoff } of live.filter((row) => row.ruleset === ruleSet.id && row.quarter !== '')) {
      const context = contextFor(warehouse, own, { quarter, cutoff, asOf: null, build, slices: 1 });
      const prefix = kept.length > 1 ? `${ruleSet.id} ` : '';
      for (const model of models)
        for (const result of await runTests(warehouse, model, context))
          results.push({ ...result, test: `${prefix}${quarter} ${result.test}` });
    }
  }
  const build = Math.max(0, ...live.filter(({ quarter }) => quarter === '').map((row) => row.build));
  if (build === 0) return results;
  const context = contextFor(warehouse, project, null, {
    visible: live.filter(({ quarter }) => quarter !== ''),
    build,
  });
  for (const model of project.graph.models.filter(({ kind }) => kind === 'table'))
    results.push(...(await runTests(warehouse, model, context)));
  return results;
}
