/** Removes rows of builds nobody can see any more, and tables of models that an older version of the program left. */
import { asideName, type Warehouse } from '@hengjian/warehouse';
import { DECLARATIONS, RESTATED_TABLE } from '@hengjian/warehouse/readable-events.ts';
import type { ModelGraph } from './compile-graph.ts';
import { physicalName } from './compile-sql.ts';

/** The build before the live one is kept: a query that began with it may still be reading. */
const KEPT = 2;

/** @param most of how many tables rows are removed, those with most builds first; the others wait for the next time */
export async function dropSuperseded(
  warehouse: Warehouse,
  graph: ModelGraph,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const current = new Map(graph.models.map((model) => [physicalName(model, graph), model]));
  const stored = await warehouse.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '^[a-z0-9_]+__[0-9a-f]{8}$')`,
  );
  for (const { name } of stored) if (!current.has(name)) await warehouse.command(`DROP TABLE IF EXISTS ${name}`);
  await dropOtherDeclarations(warehouse);
  const builds = await warehouse.query<{ ruleset: string; quarter: string; kept: number[] }>(
    `SELECT ruleset, quarter, arraySlice(arrayReverseSort(groupUniqArray(build)), 1, ${KEPT}) AS kept FROM builds GROUP BY ruleset, quarter`,
  );
  const kept = new Set(
    builds.flatMap(({ ruleset, quarter, kept: numbers }) =>
      numbers.map((build) => (quarter === '' ? `${build}` : `('${ruleset}','${quarter}',${build})`)),
    ),
  );
  const partitions = await warehouse.query<{ name: string; partition: string }>(
    `SELECT DISTINCT table AS name, partition FROM system.parts WHERE database = currentDatabase() AND active AND match(table, '^[a-z0-9_]+__[0-9a-f]{8}$')`,
  );
  const byTable = Map.groupBy(
    partitions.filter(({ name, partition }) => current.has(name) && !kept.has(partition)),
    ({ name }) => name,
  );
  const fullest = [...byTable].sort(([, one], [, other]) => other.length - one.length).slice(0, most);
  for (const [name, old] of fullest)
    await warehouse.command(
      `ALTER TABLE ${name} ${old.map(({ partition }) => `DROP PARTITION ${partition}`).join(', ')}`,
    );
}

/**
 * Facts that another version derived again: that one reads the bytes until it has derived them once more. By an exchange with a
 * table of the lease, as in `emptyTable`.
 */
async function dropOtherDeclarations(warehouse: Warehouse): Promise<void> {
  const [others] = await warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM system.parts
     WHERE database = currentDatabase() AND table = '${RESTATED_TABLE}' AND active AND partition != '${DECLARATIONS}'`,
  );
  if (others!.n === 0) return;
  const own = asideName(warehouse, RESTATED_TABLE);
  await warehouse.command(`DROP TABLE IF EXISTS ${own} SYNC`);
  await warehouse.command(`CREATE TABLE ${own} AS ${RESTATED_TABLE}`);
  await warehouse.command(`ALTER TABLE ${own} ATTACH PARTITION ${DECLARATIONS} FROM ${RESTATED_TABLE}`);
  await warehouse.command(`EXCHANGE TABLES ${RESTATED_TABLE} AND ${own}`);
  await warehouse.command(`DROP TABLE ${own} SYNC`);
}
