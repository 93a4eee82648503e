import type { Scope } from '@hengjian/contract/scope.ts';
import { readRows, type Statement } from '@hengjian/models/queries/statement.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { ANY_OUTSIDE, ORPHANS_OUTSIDE_QUARTERS } from './orphans-outside-quarters.ts';
import { seesRejects } from './stream-access.ts';

/** Why events count nowhere although somebody meant them to; by urgency. */
export const UNCOUNTED_KINDS = [
  'unknown_unit',
  'unknown_push',
  'unknown_task',
  'unknown_item',
  'unknown_event',
  'unknown_meeting',
  'unknown_obligation',
  'unknown_case',
  'unknown_objection',
  'unknown_alert',
  'unknown_record',
  'unknown_trigger',
  'unknown_subject',
  'after_cutoff',
  'mark_invalid',
] as const;
export type UncountedKind = (typeof UNCOUNTED_KINDS)[number];

/** Events that were accepted and are counted nowhere, because what they speak of is not known, or not valid. */
export interface Uncounted {
  kind: UncountedKind;
  /** The id that is not known; of a mark its unit and item, or the quarter for which it came too late. */
  value: string;
  events: number;
  /** When the first of them happened, RFC 3339. */
  since: string;
  example: { source: string; id: string };
}

interface Row extends Omit<Uncounted, 'example'> {
  source: string;
  id: string;
}

/** More kinds of trouble than a person reads one by one. */
const MOST = 1_000;

function uncountedEvents(scope: Scope, outside: boolean): Statement<Row> {
  return {
    sql: `WITH
  -- A month or a year has the same events once more.
  of_quarters AS (
    SELECT ruleset, quarter, type, toString(why) AS why, value, sum(b.events) AS n, min(b.since) AS first,
      argMin(b.example_source, (b.since, b.example_id)) AS source, argMin(b.example_id, (b.since, b.example_id)) AS id
    FROM mart_event_balance AS b
    WHERE match(b.quarter, 'Q') AND {allowed:Bool}
    GROUP BY ruleset, quarter, type, why, value
  ),
  -- A rule set that does not read a type has nothing to say about its events, but whether it knows the unit.
  asked AS (
    SELECT quarter, type, uniqExactIf(ruleset, why NOT IN ('type_not_read', 'voided')) AS readers, uniqExactIf(ruleset, why != 'voided') AS all
    FROM of_quarters GROUP BY quarter, type
  )
SELECT kind, value, toFloat64(sum(n)) AS events,
  concat(replaceOne(toString(min(u.first)), ' ', 'T'), '+08:00') AS since,
  argMin(u.source, (u.first, u.id)) AS source, argMin(u.id, (u.first, u.id)) AS id
FROM (
  SELECT o.kind AS kind, o.value AS value, o.n AS n, o.first AS first, o.source AS source, o.id AS id
  FROM (
    SELECT quarter, type, if(why = 'type_not_read', 'unknown_unit', why) AS kind, value, uniqExact(ruleset) AS sets,
      min(q.n) AS n, min(q.first) AS first, any(q.source) AS source, any(q.id) AS id
    FROM of_quarters AS q
    WHERE has({kinds:Array(String)}, why) OR (why = 'type_not_read' AND value != '')
    GROUP BY quarter, type, kind, value
    HAVING countIf(why != 'type_not_read') > 0
  ) AS o
  INNER JOIN asked AS a ON a.quarter = o.quarter AND a.type = o.type
  -- What one rule set knows is counted somewhere.
  WHERE o.sets = if(o.kind = 'unknown_unit', a.all, a.readers)
${outside ? `  UNION ALL\n  SELECT kind, value, n, first, source, id FROM ${ORPHANS_OUTSIDE_QUARTERS} WHERE {allowed:Bool}` : ''}
) AS u
GROUP BY kind, value
ORDER BY events DESC, kind, value
LIMIT ${MOST}`,
    params: { allowed: seesRejects(scope), kinds: UNCOUNTED_KINDS },
  };
}

/** As of the last refresh, those with most events first. Empty for a scope that may not see sources. */
export async function readUncounted(warehouse: Warehouse, scope: Scope): Promise<Uncounted[]> {
  if (!seesRejects(scope)) return [];
  try {
    const outside = await warehouse.query(ANY_OUTSIDE);
    const rows = await readRows(warehouse, uncountedEvents(scope, outside.length > 0));
    return rows.map(({ source, id, ...rest }) => ({ ...rest, example: { source, id } }));
  } catch (error) {
    // Before the first refresh there are no models yet.
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return [];
    throw error;
  }
}
