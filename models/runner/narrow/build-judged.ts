/** Rows that count events by their verdicts, out of those of the live build and of the events whose verdict new ones can change. */
import { READ_COLUMNS } from '@hengjian/warehouse/readable-events.ts';
import { compileSql, ofBuild, storedTable } from '../compile-sql.ts';
import type { Model } from '../model.ts';
import { BUILD_SETTINGS } from '../settings.ts';
import { quote } from '../variables.ts';
import type { NarrowedBuild } from './build-narrowed.ts';
import { areAllJudged, isJudged } from './judged-events.ts';
import { JUDGED, VOIDED } from './way-of.ts';

/** More events than these are not judged aside. */
const MOST = 200_000;
/** Which of several events is the first, over the columns of the rows. */
const FIRST = '(since, example_id, example_source)';

/** @returns false where it takes all events to tell: then nothing is built */
export async function buildJudged(run: NarrowedBuild, model: Model): Promise<boolean> {
  const { warehouse, context, narrowing, quarter, build } = run;
  const { from, judged, verdicts, types } = narrowing;
  const table = storedTable(model, context);
  const [live] = await warehouse.query<{ n: number }>(`SELECT sum(events) AS n FROM ${table} WHERE ${ofBuild(from)}`);
  if (live!.n <= run.judgedWhole) return false;
  const all = compileSql(context.graph.byName.get(JUDGED)!, context);
  const changed = { table: narrowing.changed, types, read: context.variables.get('read_types')! };
  await warehouse.command(
    `CREATE TABLE ${judged} ENGINE = Memory AS SELECT * FROM (\n${all}\n) AS e WHERE ${isJudged(changed)} LIMIT ${MOST + 1}`,
  );
  const [row] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${judged}`);
  if (row!.n > MOST) return false;
  const before = compileSql(model, {
    ...context,
    events: `(SELECT ${READ_COLUMNS}, facts, data FROM ${context.events} WHERE NOT (${narrowing.fresh}))`,
    visible: (one) => (one.name === VOIDED ? [from] : context.visible(one)),
    instead: new Map([[JUDGED, `(SELECT * FROM ${judged} WHERE NOT (${narrowing.fresh}))`]]),
  });
  const after = compileSql(model, { ...context, instead: new Map([[JUDGED, judged]]) });
  await warehouse.command(
    `CREATE TABLE ${verdicts} ENGINE = Memory AS SELECT 'before' AS seen, * FROM (\n${before}\n) UNION ALL SELECT 'after' AS seen, * FROM (\n${after}\n)`,
    undefined,
    BUILD_SETTINGS,
  );
  const keys = model.unique_key!.join(', ');
  // Of types that are judged in full what was counted before goes as it is.
  const some = `NOT ${areAllJudged(changed, 'type')}`;
  const rows = `SELECT ${keys}, toInt64(events) AS n, since, example_source, example_id, 'live' AS seen FROM ${table} WHERE ${ofBuild(from)} AND ${some}
    UNION ALL SELECT ${keys}, if(seen = 'before', -1, 1) * toInt64(events) AS n, since, example_source, example_id, seen FROM ${verdicts} WHERE seen = 'after' OR ${some}`;
  const first = (seen: string) => `minIf(${FIRST}, seen = '${seen}')`;
  // Of those whose first event leaves while others stay nobody knows which is the first now.
  const [lost] = await warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM (SELECT 1 FROM (${rows}) GROUP BY ${keys}
     HAVING sumIf(n, seen != 'after') > 0 AND countIf(seen = 'before') > 0 AND ${first('before')} = ${first('live')} AND (countIf(seen = 'after') = 0 OR ${first('after')} > ${first('live')}))`,
  );
  if (lost!.n > 0) return false;
  const known = "minIf(f, seen = 'after' OR seen = 'live' AND NOT gone)";
  await warehouse.command(
    `INSERT INTO ${table} (ruleset, quarter, build, ${keys}, events, since, example_source, example_id)
     SELECT ${quote(from.ruleset)} AS ruleset, ${quote(quarter)} AS quarter, toUInt64(${build}) AS build, ${keys}, toUInt64(total) AS events, first.1 AS since, first.3 AS example_source, first.2 AS example_id
     FROM (
       SELECT ${keys}, sum(n) AS total, ${known} AS first
       FROM (SELECT ${keys}, n, seen, ${FIRST} AS f, f = minIf(f, seen = 'before') OVER same AND countIf(seen = 'before') OVER same > 0 AS gone FROM (${rows}) WINDOW same AS (PARTITION BY ${keys}))
       GROUP BY ${keys}
     )
     WHERE total != 0`,
    undefined,
    BUILD_SETTINGS,
  );
  return true;
}
