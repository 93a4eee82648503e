/**
 * The one place that says how an event is read: its columns and facts as the check saw them, wherever they stand. Nothing else
 * reads members or typed columns out of `events` (readable-events.test.ts beside it holds that), and nobody asks the engine for
 * members of `data`: its JSON functions answer '' for all of a document that holds one number too large for them.
 */
import { createHash } from 'node:crypto';
import { NO_DAY } from '@hengjian/contract/facts/fact-columns.ts';
import { presentMarks } from '@hengjian/contract/facts/facts-mark.ts';

const marks = presentMarks();

/** A condition on `events`: its facts are those of the declarations in force. */
export const FACTS_IN_FORCE = `facts_mark IN (${marks.join(', ')})`;

/** Facts that were derived again stand in this table under this number. */
export const RESTATED_TABLE = 'restated_events';
export const DECLARATIONS = createHash('sha256').update(marks.join()).digest().readUInt32LE(0);

/** Columns that rows have in both tables, beside `facts`. */
export const READ_COLUMNS =
  'source, id, type, time, department, region, subject, recorded_at, origin, push_id, bucket, doc_no, decided_on';

/** Where facts derived again by the declarations in force stand. @param database quoted, with a dot; '' is the warehouse's own */
export const restatedRows = (database = '') => `${database}${RESTATED_TABLE} WHERE declarations = ${DECLARATIONS}`;

const ENVELOPE = 'source, id, type, time, department, region, subject, recorded_at, origin';
/** A refresh has not derived its facts again yet. */
const WAITS = `recorded_at NOT IN (SELECT recorded_at FROM ${restatedRows()} GROUP BY recorded_at)`;

const text = (column: string) =>
  `if(r.facts_mark = 0, JSONExtractString(r.data, '${column}'), CAST(r.${column} AS String))`;

/**
 * Rows that no refresh has derived again yet: as well as the engine reads their bytes, else as they were written. They wait for
 * minutes after an update, and no longer than until the next refresh where a version before still writes.
 */
const WAITING = `SELECT ${ENVELOPE},
      ${text('push_id')} AS push_id, CAST(${text('bucket')} AS LowCardinality(String)) AS bucket, ${text('doc_no')} AS doc_no,
      if(r.facts_mark = 0, ifNull(toDate32OrNull(JSONExtractString(r.data, 'decided_on')), toDate32('${NO_DAY}')), r.decided_on) AS decided_on,
      if(r.facts = '' OR isValidJSON(r.data), r.data, r.facts) AS facts
    FROM events AS r WHERE NOT (${FACTS_IN_FORCE}) AND ${WAITS}`;

/** How many events are read that way now: of very large numbers in them the engine may see nothing. */
export const COUNT_WAITING = `SELECT count() AS waiting FROM events WHERE NOT (${FACTS_IN_FORCE}) AND ${WAITS}`;

/**
 * Stands in FROM where a statement reads what events say: source, id, type, time, department, region, subject, recorded_at, origin,
 * push_id, bucket, doc_no, decided_on and facts (never empty). Conditions of the statement reach the tables inside.
 */
export const READABLE_EVENTS = `(SELECT ${READ_COLUMNS}, if(r.facts = '', r.data, r.facts) AS facts FROM events AS r WHERE ${FACTS_IN_FORCE}
    UNION ALL SELECT ${READ_COLUMNS}, facts FROM ${restatedRows()}
    UNION ALL ${WAITING})`;

/**
 * The same without push_id, bucket, doc_no, decided_on, which makes it one branch shorter: for statements that name it many times,
 * where the engine takes longer to plan than to read.
 */
export const READABLE_FACTS = `(SELECT ${ENVELOPE}, if(r.facts = '' OR NOT (${FACTS_IN_FORCE}) AND isValidJSON(r.data), r.data, r.facts) AS facts
    FROM events AS r WHERE ${FACTS_IN_FORCE} OR ${WAITS}
    UNION ALL SELECT ${ENVELOPE}, facts FROM ${restatedRows()})`;

/**
 * A label for each of the voids that other voids name: 0 undecided, 1 holds, 2 never happened; settled from the outside inwards.
 * Models call it as `void_labels`.
 * @param edges SQL: of each of these voids the voids that name it, as positions among them; 0 is a void that nobody contests, which
 *   therefore holds
 */
export const voidLabels = (edges: string): string => `arrayFold(
      (labels, round) -> arrayMap(
        list -> multiIf(arrayExists(j -> j = 0 OR labels[j] = 1, list), toUInt8(2), arrayAll(j -> labels[j] = 2, list), toUInt8(1), toUInt8(0)),
        ${edges}),
      range(least(length(${edges}), 200) + 1), arrayMap(node -> toUInt8(0), ${edges}))`;

/** Voids that other voids name, as `nodes`, each with its label. */
const LABELLED_VOIDS = `SELECT nodes, ${voidLabels('edges')} AS labels
    FROM (
      SELECT groupArray(node) AS nodes, arrayMap(list -> arrayMap(one -> indexOf(nodes, one), list), groupArray(attackers)) AS edges
      FROM (
        SELECT (voided_source, voided_id) AS node, groupArray((source, id)) AS attackers FROM voids
        WHERE (voided_source, voided_id) IN (SELECT source, id FROM voids) GROUP BY node))`;

/**
 * Members of a WITH: `voids`, and of these `holding`, whose `voided_source` and `voided_id` name events that never happened. A void
 * that is itself voided holds against nothing, to any depth; voids in a circle stay undecided and hold against nothing else: as in
 * int_voided_events, of the scores. They are gathered as a scalar, which the engine works out once however many times a statement
 * names `holding`; a subquery it would plan and run each time.
 *
 * @param seen condition on the voids
 */
export const HOLDING_VOIDS = (seen: string): string => `voids AS (
    SELECT toString(v.source) AS source, id, JSONExtractString(facts, 'event_source') AS voided_source, JSONExtractString(facts, 'event_id') AS voided_id
    FROM ${READABLE_FACTS} AS v WHERE type = 'event.voided' AND ${seen}),
  holding AS (
    SELECT pair.1 AS voided_source, pair.2 AS voided_id FROM (SELECT arrayJoin((
      SELECT groupUniqArray((voided_source, voided_id)) FROM voids WHERE (source, id) NOT IN (
        SELECT of_label.1.1, of_label.1.2 FROM (SELECT arrayJoin(arrayZip(nodes, labels)) AS of_label FROM (${LABELLED_VOIDS})) WHERE of_label.2 != 1)
    )) AS pair))`;
