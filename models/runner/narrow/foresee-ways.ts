/** Says of each quarter of a plan that new events touch which models are narrowed to their keys, and why others are not. */
import type { Warehouse } from '@hengjian/warehouse';
import { parsePeriod } from '../../calendar/period.ts';
import { contextFor, effectiveRuleSet } from '../build-context.ts';
import { modelsOfPeriod } from '../compile-graph.ts';
import type { LiveBuild } from '../live-builds.ts';
import type { PlannedQuarter, RefreshPlan } from '../plan-refresh.ts';
import type { Project } from '../project.ts';
import { openNarrowing } from './open-narrowing.ts';
import { foreseenWays } from './way-of.ts';

/** Builds nothing; what it looks through is dropped again. */
export async function foreseeWays(
  warehouse: Warehouse,
  project: Project,
  { live, rows }: { live: readonly LiveBuild[]; rows: string },
  plan: RefreshPlan,
): Promise<RefreshPlan> {
  const ruleSets = [];
  for (const one of plan.ruleSets) {
    const quarters: PlannedQuarter[] = [];
    for (const planned of one.quarters) {
      const { ruleset, quarter, cutoff, reason } = planned;
      const from = live.find((build) => build.ruleset === ruleset && build.quarter === quarter);
      if (reason !== 'new events' || !from) {
        quarters.push(planned);
        continue;
      }
      const scope = { quarter, cutoff, asOf: null, build: from.build, slices: 1 };
      const context = contextFor(warehouse, { ...project, ruleSet: one.ruleSet }, scope, undefined, { rows });
      const { bindings } = effectiveRuleSet(one.ruleSet, quarter);
      const models = modelsOfPeriod(parsePeriod(quarter)!.type, project.graph, bindings);
      const narrowing = await openNarrowing({ warehouse, context, from, models, bindings });
      if (typeof narrowing !== 'string') await narrowing.drop();
      const ways =
        typeof narrowing === 'string'
          ? { ruleset, quarter, whole: narrowing, models: new Map() }
          : { ruleset, quarter, models: foreseenWays(project.graph, models, bindings, narrowing) };
      quarters.push({ ...planned, ways });
    }
    ruleSets.push({ ...one, quarters });
  }
  return { ...plan, ruleSets };
}
