/**
 * Events that speak of what is not there, or of what no rule set scores, in quarters without anything that is scored: no build judges
 * them, since a quarter is built where there is work in it. Of quarters that are built the balance of events says the same.
 */
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { HOLDING_VOIDS, READABLE_EVENTS, READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';

interface Speaker {
  kind: string;
  /** Names what the events speak of. */
  member: string;
  types: readonly string[];
  /** What begins it. */
  begun: readonly string[];
  /** Unset: told whatever is counted; else where a rule set counts this measure, as in the balance. */
  measure?: string;
}

const SPEAKERS: readonly Speaker[] = [
  {
    kind: 'unknown_push',
    member: 'push_id',
    // Of a push these say something, and are something without it.
    types: [...eventTypes.values()]
      .filter(
        ({ type, data }) =>
          factMembers(data).some(({ name }) => name === 'push_id') &&
          !['registration.pushed', 'licence.entered'].includes(type),
      )
      .map(({ type }) => type),
    begun: ['registration.pushed'],
  },
  {
    kind: 'unknown_task',
    member: 'task_id',
    types: ['result.entered', 'result.published'],
    begun: ['task.created', 'inspection.done'],
  },
  {
    kind: 'unknown_meeting',
    member: 'meeting_id',
    types: ['meeting.attended'],
    begun: ['meeting.held'],
    measure: 'attendance',
  },
  {
    kind: 'unknown_obligation',
    member: 'obligation_id',
    types: ['material.submitted'],
    begun: ['material.due'],
    measure: 'material',
  },
];
const OTHERS = ['event.voided', 'mark.awarded'];

const listed = (types: readonly string[]) => types.map((type) => `'${type}'`).join(', ');
/** First days of the quarters that are built. */
const BUILT = `(SELECT makeDate(toUInt16(substring(quarter, 1, 4)), toUInt8(substring(quarter, 6)) * 3 - 2, 1) FROM mart_event_balance WHERE match(quarter, 'Q') GROUP BY quarter)`;
/** As of the last refresh, as all else that is told of events. */
const OUTSIDE = `type IN (${listed([...SPEAKERS.flatMap(({ types }) => types), ...OTHERS])}) AND toStartOfQuarter(time) NOT IN ${BUILT}
      AND recorded_at <= (SELECT max(as_of) FROM builds)`;

/** One row where there may be any, which is seldom: to be asked first, since it reads the types and times of few events. */
export const ANY_OUTSIDE = `SELECT 1 AS found FROM events WHERE ${OUTSIDE} LIMIT 1`;

const spoken = SPEAKERS.map(
  ({ kind, member, types, begun, measure }) => `SELECT '${kind}' AS kind, thing AS value, time, source, id
    FROM outside WHERE type IN (${listed(types)}) AND thing != ''${measure ? ` AND (SELECT max(match(concat(measure, ' ', options), '\\\\b${measure}\\\\b')) FROM ruleset_parts)` : ''}
      AND thing NOT IN (SELECT JSONExtractString(facts, '${member}') AS begun FROM ${READABLE_FACTS} AS b WHERE type IN (${listed(begun)}) AND begun IN (SELECT thing FROM outside))`,
);
const thing = `multiIf(${SPEAKERS.flatMap(({ types, member }) => [`type IN (${listed(types)})`, `JSONExtractString(facts, '${member}')`]).join(', ')}, type = 'event.voided', JSONExtractString(facts, 'event_id'), JSONExtractString(facts, 'item'))`;

/**
 * kind, value, n, first, source and id, as the balance has them: SQL in brackets. The events outside are gathered as a scalar, which
 * the engine works out once; a subquery it would run each time.
 */
export const ORPHANS_OUTSIDE_QUARTERS = `(WITH
  ${HOLDING_VOIDS('1')},
  outside AS (
    SELECT one.1 AS type, one.2 AS time, one.3 AS source, one.4 AS id, one.5 AS thing, one.6 AS whose, one.7 AS marked
    FROM (SELECT arrayJoin((
      SELECT groupArray((toString(type), time, toString(e.source), id, ${thing},
        if(type = 'mark.awarded', JSONExtractString(facts, 'unit'), JSONExtractString(facts, 'event_source')), if(type = 'mark.awarded', JSONExtractString(facts, 'quarter'), '')))
      FROM ${READABLE_EVENTS} AS e
      WHERE ${OUTSIDE} AND (toString(e.source), id) NOT IN (SELECT voided_source, voided_id FROM holding)
    )) AS one)
  )
SELECT kind, value, toUInt64(count()) AS n, min(o.time) AS first, argMin(o.source, (o.time, o.id)) AS source, argMin(o.id, (o.time, o.id)) AS id
FROM (
  SELECT 'unknown_event' AS kind, thing AS value, time, source, id FROM outside
  WHERE type = 'event.voided' AND (whose, thing) NOT IN (SELECT toString(source), id FROM ${READABLE_FACTS} AS t WHERE id IN (SELECT thing FROM outside WHERE type = 'event.voided'))
  UNION ALL
  SELECT multiIf(whose NOT IN (SELECT unit FROM ruleset_units), 'unknown_unit', thing NOT IN (SELECT item FROM ruleset_parts WHERE takes_mark != ''), 'unknown_item', 'after_cutoff') AS kind,
    multiIf(kind = 'unknown_unit', whose, kind = 'unknown_item', thing, marked) AS value, time, source, id
  FROM (SELECT * FROM outside WHERE type = 'mark.awarded') AS m
  LEFT JOIN (SELECT quarter, if(countIf(cutoff IS NULL) > 0, NULL, max(cutoff)) AS latest FROM quarters GROUP BY quarter) AS q ON q.quarter = m.marked
  -- A mark counts in the quarter that it names, whenever it is given before the cut-off.
  WHERE kind != 'after_cutoff' OR ifNull(time > latest, 0)
  UNION ALL
  ${spoken.join('\n  UNION ALL\n  ')}
) AS o
GROUP BY kind, value)`;
