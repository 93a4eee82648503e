/** The models' tests against the live builds, as `hengjian models test` runs them. */
import type { Warehouse } from '@hengjian/warehouse';
import type { Project } from './project.ts';
import { contextFor } from './refresh.ts';
import { runTests, type TestResult } from './run-tests.ts';

export async function testLiveModels(warehouse: Warehouse, project: Project): Promise<TestResult[]> {
  const live = await warehouse.query<{ quarter: string; build: number; cutoff: string | null }>(
    `SELECT quarter, max(build) AS build, argMax(tuple(toString(b.cutoff)), b.build).1 AS cutoff FROM builds AS b GROUP BY quarter ORDER BY quarter`,
  );
  const results: TestResult[] = [];
  for (const { quarter, build, cutoff } of live.filter((entry) => entry.quarter !== '')) {
    const context = contextFor(warehouse, project, { quarter, cutoff, asOf: null, build, slices: 1 });
    for (const model of project.graph.models.filter(({ kind }) => kind === 'incremental'))
      for (const result of await runTests(warehouse, model, context))
        results.push({ ...result, test: `${quarter} ${result.test}` });
  }
  const whole = live.find((entry) => entry.quarter === '');
  if (whole) {
    const visible = new Map(live.filter((entry) => entry.quarter !== '').map((entry) => [entry.quarter, entry.build]));
    const context = contextFor(warehouse, project, null, { visible, build: whole.build });
    for (const model of project.graph.models.filter(({ kind }) => kind === 'table'))
      results.push(...(await runTests(warehouse, model, context)));
  }
  return results;
}
