/** One period built aside, with another rule set, other parameters or an earlier state of the log; nothing live changes. */
import { randomUUID } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import type { Period } from '../calendar/period.ts';
import { ruleSetOn } from '../ruleset/rule-set.ts';
import { contextFor, stagedEvents, tableNames, testAll } from './build-context.ts';
import { buildModel, createTables, runInOrder } from './build-models.ts';
import { prune } from './compile-graph.ts';
import { physicalName } from './compile-sql.ts';
import { countSlices } from './count-slices.ts';
import { eventRows, takeSnapshot } from './event-snapshot.ts';
import type { Project } from './project.ts';
import { cutoffOf, guardFirstYear } from './quarter-scope.ts';
import { loadSeeds } from './seeds.ts';
import { SCORE_MARTS } from './shown-marts.ts';

export interface WhatIf {
  /** Local wall time, or null where nothing is cut off yet. */
  cutoff: string | null;
  /** A database in which the marts have their public names; models that were not asked for are missing. */
  warehouse: Warehouse;
  drop(): Promise<void>;
}

export interface WhatIfOptions {
  /** Only events recorded up to this local wall time. */
  asOf?: string | null;
  now?: Date;
  marts?: readonly string[];
}

/** Facts of stored events must have been derived: `refresh` first. @throws CalendarError, BuildError */
export async function buildWhatIf(
  warehouse: Warehouse,
  project: Project,
  quarter: Period,
  options: WhatIfOptions = {},
): Promise<WhatIf> {
  const cutoff = cutoffOf(quarter, project, options.now ?? new Date());
  const scratch = await warehouse.scratch(`hengjian_whatif_${randomUUID().replaceAll('-', '').slice(0, 12)}`);
  try {
    const snapshot = await takeSnapshot(scratch, warehouse.database);
    const rows = eventRows(snapshot.table, warehouse.database);
    const events = stagedEvents(warehouse, project, rows);
    await guardFirstYear(warehouse, events, quarter, project);
    const slices = await countSlices(warehouse, events, quarter);
    const ruleSet = ruleSetOn(project.ruleSet, quarter.end);
    await loadSeeds(scratch, ruleSet, project.calendar);
    const models = prune(project.graph, options.marts ?? SCORE_MARTS, ruleSet.bindings).filter(
      (model) => model.kind === 'incremental',
    );
    const scope = { quarter: quarter.id, cutoff, asOf: options.asOf ?? null, build: 1, slices };
    const context = contextFor(scratch, project, scope, undefined, { database: warehouse.database, rows });
    await createTables(scratch, models, () => context, await tableNames(scratch));
    await runInOrder(project.graph, models, 3, (model) => buildModel(scratch, model, context, quarter.id, 1));
    await testAll(scratch, models, context);
    for (const model of models)
      await scratch.command(
        `CREATE VIEW ${model.name} AS SELECT * EXCEPT build FROM ${physicalName(model, project.graph)}`,
      );
    return { cutoff, warehouse: scratch, drop: () => discard(scratch) };
  } catch (error) {
    await discard(scratch);
    throw error;
  }
}

async function discard(scratch: Warehouse): Promise<void> {
  await scratch.drop();
  await scratch.close();
}
