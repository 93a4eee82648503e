/** For tests of the runner: a project of three small models, and the events that they count. */
import { createHash } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import { BUILTIN } from '../ruleset/catalogue.ts';
import { compileGraph } from '../runner/compile-graph.ts';
import { parseModel } from '../runner/parse-model.ts';
import { loadProject, type Project } from '../runner/project.ts';
import type { TestEvent } from './load-events.ts';

/**
 * A graph of three small models instead of the room's: what is tested here is the runner.
 * @param voids where a fourth says that no event is voided: without one nothing is narrowed
 */
export function smallProject(mart: string, tests = '', { voids = false } = {}): Project {
  const header = (name: string, kind: string, more = '') =>
    `/*\nname: ${name}\nkind: ${kind}\ngrain: a row\nowner: test\ndescription: A test.\ncolumns: {a: b}\n${more}*/\n`;
  const models = [
    parseModel(
      `${header('stg_events', 'ephemeral')}SELECT id, type, time, toDate32(time) AS event_day, department, recorded_at, toDate32OrNull('') AS decided_on FROM source('events')`,
      'sql/stg_events.sql',
    ),
    parseModel(`${header('mart_logins', 'incremental', `order_by: [unit]\n${tests}`)}${mart}`, 'sql/mart_logins.sql'),
    parseModel(
      `${header('total_logins', 'table', 'order_by: [n]\n')}SELECT sum(n) AS n FROM ref('mart_logins')`,
      'sql/total_logins.sql',
    ),
    ...(voids
      ? [
          parseModel(
            `${header('int_voided_events', 'incremental', 'order_by: [id]\n')}SELECT '' AS source, id FROM ref('stg_events') WHERE 0`,
            'sql/intermediate/int_voided_events.sql',
          ),
        ]
      : []),
  ];
  const hash = createHash('sha256')
    .update(mart + tests)
    .digest('hex');
  return { ...loadProject(), graph: compileGraph(models, hash, BUILTIN) };
}
/** Logins of the quarter by unit. */
export const COUNT = `SELECT toString(department) AS unit, count() AS n FROM ref('stg_events') WHERE type = 'login.succeeded' AND time <= var('cutoff') AND event_day BETWEEN var('quarter_start') AND var('quarter_end') GROUP BY unit`;
let serial = 0;
export const login = (time: string): TestEvent => ({
  id: `l${serial++}`,
  source: 'test',
  type: 'login.succeeded',
  time,
  department: 'scjg',
  data: { account: 'a' },
});

/** What the models of the project hold: logins by quarter, and of all quarters. */
export async function countedLogins(warehouse: Pick<Warehouse, 'query'>): Promise<[Record<string, number>, number?]> {
  const rows = await warehouse.query<{ quarter: string; n: number }>(
    'SELECT quarter, n FROM mart_logins ORDER BY quarter',
  );
  const [whole] = await warehouse.query<{ n: number }>('SELECT n FROM total_logins');
  return [Object.fromEntries(rows.map(({ quarter, n }) => [quarter, n])), whole?.n];
}
