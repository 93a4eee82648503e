/** Public names of stored models: views that show the rows of the live builds. */
import type { Warehouse } from '@hengjian/warehouse';
import type { ModelGraph } from './compile-graph.ts';
import { physicalName } from './compile-sql.ts';
import { isInlined, type Model } from './model.ts';

export async function publishViews(
  warehouse: Warehouse,
  graph: ModelGraph,
  sqlOf: (model: Model) => string,
): Promise<void> {
  const existing = await warehouse.query<{ name: string; comment: string }>(
    `SELECT name, comment FROM system.tables WHERE database = currentDatabase() AND engine = 'View'`,
  );
  const comments = new Map(existing.map(({ name, comment }) => [name, comment]));
  for (const model of graph.models) {
    if (isInlined(model)) continue;
    const mark = `models ${graph.hash.slice(0, 16)}`;
    if (comments.get(model.name) === mark) continue;
    const rows = physicalName(model, graph);
    const select =
      model.kind === 'view'
        ? sqlOf(model)
        : model.kind === 'table'
          ? `SELECT * EXCEPT build FROM ${rows} WHERE build = (SELECT max(build) FROM builds WHERE quarter = '')`
          : `SELECT * EXCEPT build FROM ${rows} WHERE (ruleset, quarter, build) IN (SELECT ruleset, quarter, build FROM live_builds)`;
    await warehouse.command(`CREATE OR REPLACE VIEW ${model.name} AS ${select} COMMENT '${mark}'`);
  }
}
