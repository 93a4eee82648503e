import type { Scope } from '@hengjian/contract/scope.ts';
import { readRows, type Statement } from '@hengjian/models/queries/statement.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { seesRejects } from './stream-access.ts';

export type UnknownKind = 'unknown_unit' | 'unknown_push' | 'unknown_task' | 'unknown_item' | 'unknown_event';

/** Events that were accepted and are counted nowhere, because what they speak of is not known. */
export interface Uncounted {
  kind: UnknownKind;
  /** The id that is not known. */
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

function uncountedEvents(scope: Scope): Statement<Row> {
  return {
    sql: `SELECT kind, value, toFloat64(min(o.n)) AS events,
       concat(replaceOne(toString(min(o.first)), ' ', 'T'), '+08:00') AS since, any(o.source) AS source, any(o.id) AS id
FROM (
  SELECT ruleset, toString(why) AS kind, value, sum(b.events) AS n, min(b.since) AS first,
         argMin(b.example_source, (b.since, b.example_id)) AS source, argMin(b.example_id, (b.since, b.example_id)) AS id
  FROM mart_event_balance AS b
  -- A month or a year has the same events once more.
  WHERE startsWith(why, 'unknown_') AND match(b.quarter, 'Q') AND {allowed:Bool}
  GROUP BY ruleset, kind, value
) AS o
GROUP BY kind, value
-- What one rule set knows is counted somewhere.
HAVING count() = (SELECT uniqExact(ruleset) FROM mart_event_balance)
ORDER BY events DESC, kind, value
LIMIT ${MOST}`,
    params: { allowed: seesRejects(scope) },
  };
}

/** As of the last refresh, those with most events first. Empty for a scope that may not see sources. */
export async function readUncounted(warehouse: Warehouse, scope: Scope): Promise<Uncounted[]> {
  try {
    const rows = await readRows(warehouse, uncountedEvents(scope));
    return rows.map(({ source, id, ...rest }) => ({ ...rest, example: { source, id } }));
  } catch (error) {
    // Before the first refresh there are no models yet.
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return [];
    throw error;
  }
}
