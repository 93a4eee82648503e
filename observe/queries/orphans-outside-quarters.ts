/**
 * Events that speak of what is not there, or of what no rule set scores, in quarters without anything that is scored: no build judges
 * them, since a quarter is built where there is work in it. Of quarters that are built the balance of events says the same.
 */
import { HOLDING_VOIDS, READABLE_EVENTS, READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';

/** What answers or disposes of something, with the member that names it, and the types that begin it. */
const SPOKEN = [
  { kind: 'unknown_meeting', member: 'meeting_id', types: ['meeting.attended'], begun: ['meeting.held'] },
  { kind: 'unknown_obligation', member: 'obligation_id', types: ['material.submitted'], begun: ['material.due'] },
  {
    kind: 'unknown_objection',
    member: 'objection_id',
    types: ['objection.answered'],
    begun: ['objection.filed', 'objection.forwarded'],
  },
  {
    kind: 'unknown_alert',
    member: 'alert_id',
    types: ['risk.disposed', 'risk.alert_disposed'],
    begun: ['risk.alert_raised'],
  },
  {
    kind: 'unknown_task',
    member: 'task_id',
    types: ['result.entered', 'result.published'],
    begun: ['task.created', 'inspection.done'],
  },
];
/** Of which a push is the matter, though they begin or register something. */
const OF_NO_PUSH = ['registration.pushed', 'licence.entered'];

const listed = (types: readonly string[]) => types.map((type) => `'${type}'`).join(', ');
/** First days of the quarters that are built. */
const BUILT = `(SELECT makeDate(toUInt16(substring(quarter, 1, 4)), toUInt8(substring(quarter, 6)) * 3 - 2, 1) FROM mart_event_balance WHERE match(quarter, 'Q') GROUP BY quarter)`;
/** Of whom the balance says nothing: one row where there is any. To be asked first, since it is seldom and one look at the types. */
export const ANY_OUTSIDE = `SELECT 1 AS found FROM events WHERE toStartOfQuarter(time) NOT IN ${BUILT} LIMIT 1`;

const spoken = SPOKEN.map(
  ({
    kind,
    member,
    types,
    begun,
  }) => `SELECT '${kind}' AS kind, JSONExtractString(facts, '${member}') AS value, time, source, id
    FROM outside WHERE type IN (${listed(types)}) AND value != ''
      AND value NOT IN (SELECT JSONExtractString(facts, '${member}') FROM ${READABLE_FACTS} AS b WHERE type IN (${listed(begun)}))`,
);

/** kind, value, events, since, source and id, as the balance has them: SQL in brackets. */
export const ORPHANS_OUTSIDE_QUARTERS = `(WITH
  ${HOLDING_VOIDS('1')},
  outside AS (
    SELECT toString(type) AS type, time, toString(e.source) AS source, id, push_id, facts FROM ${READABLE_EVENTS} AS e
    WHERE (push_id != '' AND type NOT IN (${listed(OF_NO_PUSH)}) OR type IN ('event.voided', 'mark.awarded', ${listed(SPOKEN.flatMap(({ types }) => types))}))
      AND toStartOfQuarter(time) NOT IN ${BUILT}
      AND (source, id) NOT IN (SELECT voided_source, voided_id FROM holding)
  ),
  marks AS (
    SELECT JSONExtractString(facts, 'unit') AS unit, JSONExtractString(facts, 'item') AS item, JSONExtractString(facts, 'quarter') AS marked, time, source, id
    FROM outside WHERE type = 'mark.awarded'
  )
SELECT kind, value, toUInt64(count()) AS n, min(o.time) AS first, argMin(o.source, (o.time, o.id)) AS source, argMin(o.id, (o.time, o.id)) AS id
FROM (
  SELECT 'unknown_push' AS kind, push_id AS value, time, source, id FROM outside
  WHERE push_id != '' AND type NOT IN (${listed(OF_NO_PUSH)})
    AND push_id NOT IN (SELECT push_id FROM ${READABLE_EVENTS} AS p WHERE type = 'registration.pushed' AND push_id IN (SELECT push_id FROM outside))
  UNION ALL
  SELECT 'unknown_event' AS kind, JSONExtractString(facts, 'event_id') AS value, time, source, id FROM outside
  WHERE type = 'event.voided'
    AND (JSONExtractString(facts, 'event_source'), value) NOT IN (
      SELECT toString(source), id FROM ${READABLE_FACTS} AS t WHERE id IN (SELECT JSONExtractString(facts, 'event_id') FROM outside WHERE type = 'event.voided'))
  UNION ALL
  SELECT multiIf(unit NOT IN (SELECT unit FROM ruleset_units), 'unknown_unit', item NOT IN (SELECT item FROM ruleset_parts WHERE takes_mark != ''), 'unknown_item', 'after_cutoff') AS kind,
    multiIf(kind = 'unknown_unit', unit, kind = 'unknown_item', item, marked) AS value, time, source, id
  FROM marks AS m LEFT JOIN (SELECT quarter, max(cutoff) AS latest FROM quarters GROUP BY quarter) AS q ON q.quarter = m.marked
  -- A mark counts in the quarter that it names, whenever it is given before the cut-off.
  WHERE kind != 'after_cutoff' OR ifNull(time > latest, 0)
  UNION ALL
  ${spoken.join('\n  UNION ALL\n  ')}
) AS o
GROUP BY kind, value)`;
