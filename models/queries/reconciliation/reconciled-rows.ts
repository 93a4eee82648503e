/**
 * The unit's quarterly list beside the platform and beside what pushes imply, row by row, as of the last refresh. A row is a
 * unit, a register and a document number (folded as the import folds it) of a subject.
 */
import type { Scope } from '@hengjian/contract/scope.ts';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { parseQuarter } from '../../calendar/quarter.ts';
import type { RuleSet } from '../../ruleset/rule-set.ts';
import { withFunctions } from '../../runner/sql-functions.ts';
import { type Condition, scopeCondition } from '../scope-condition.ts';
import type { Statement } from '../statement.ts';
import { ROW_STATES, type RowState } from './row-states.ts';

export interface ReconciledRow {
  unit: string;
  /** Kind of the list. */
  list: string;
  state: RowState;
  /** Document number as the platform writes it, else the list; of `push_only` the push. */
  key: string;
  /** USCC. */
  subject: string;
  /** Days of decision as the list, the platform and the feedback of a push have them, where they do. */
  listed_on: string | null;
  entered_on: string | null;
  pushed_on: string | null;
  /** Other subjects under the same number. */
  others: string[];
}

/** A row of a page, with how many rows fit in all. */
export type PagedRow = ReconciledRow & { total: number };

export interface RowFilter {
  unit: string;
  list: string;
  state: string;
}

export interface Reconciled {
  sql: string;
  params: Record<string, unknown>;
}

/** All rows that the scope may see, as a FROM item in front of which `WITH` stands. Empty choices filter nothing. */
function reconciled(scope: Scope, ruleSet: RuleSet, quarter: string, filter: RowFilter): Reconciled {
  const { start, end } = parseQuarter(quarter)!;
  const registers = ruleSet.data.registers ?? [];
  const visible = (unit: string) => scopeCondition(scope, 'unit_entries', { unit });
  const licences = registers.filter(({ entries }) => entries.some(({ type }) => type === 'licence.entered'));
  return {
    sql: `${sourcesSql(visible)},
      ${COMPARED},
            chosen AS (
        SELECT * FROM reconciled
        WHERE ({unit:String} = '' OR unit = {unit:String}) AND ({list:String} = '' OR list = {list:String}) AND ({state:String} = '' OR state = {state:String})
      )`,
    params: {
      ...visible('x').params,
      ...filter,
      ruleset: ruleSet.id,
      quarter,
      start,
      end,
      registers: registers.map(({ measure }) => measure),
      lists: registers.map(({ list }) => list),
      licences: licences.map(({ measure }) => measure),
      entry_types: registers.flatMap(({ entries }) => entries.map(({ type }) => type)),
    },
  };
}

/** The list, what was entered (the ledger of the refresh), and licences that feedbacks of pushes tell of. */
function sourcesSql(visible: (unit: string) => Condition): string {
  return `WITH
      listed AS (
        SELECT toString(l.unit) AS unit, toString(l.measure) AS register, l.subject AS subject, l.doc_key AS doc_key, any(l.doc_no) AS doc_no,
          minOrNull(l.decided_on) AS decided_on
        FROM int_list_rows AS l
        WHERE l.ruleset = {ruleset:String} AND l.quarter = {quarter:String} AND has({registers:Array(String)}, toString(l.measure)) AND ${visible('l.unit').sql}
        GROUP BY unit, register, subject, doc_key
      ),
      ledger AS (
        SELECT toString(o.unit) AS unit, toString(o.measure) AS register, o.subject AS subject, o.key AS doc_no, o.event_source AS source, o.event_id AS id
        FROM int_obligations AS o
        WHERE o.ruleset = {ruleset:String} AND o.quarter = {quarter:String} AND o.done AND has({registers:Array(String)}, toString(o.measure)) AND ${visible('o.unit').sql}
      ),
      entered AS (
        SELECT o.unit AS unit, o.register AS register, o.subject AS subject, folded_number(o.doc_no) AS doc_key, any(o.doc_no) AS doc_no,
          minOrNull(e.decided_on) AS decided_on
        FROM ledger AS o
        LEFT JOIN (
          SELECT toString(source) AS source, id, nullIf(r.decided_on, toDate32('2299-12-31')) AS decided_on FROM ${READABLE_EVENTS} AS r
          WHERE type IN {entry_types:Array(String)} AND id IN (SELECT id FROM ledger)
        ) AS e ON e.source = o.source AND e.id = o.id
        GROUP BY unit, register, subject, doc_key
      ),
      fed_back AS (
        SELECT toString(p.unit) AS unit, upper(p.subject) AS subject, any(p.push_id) AS push_id, minOrNull(p.decided_on) AS decided_on
        FROM int_pushes AS p
        WHERE p.ruleset = {ruleset:String} AND p.decided_on BETWEEN {start:Date32} AND {end:Date32} AND p.fed_back_at IS NOT NULL
          AND NOT p.voided AND NOT p.return_confirmed AND notEmpty({licences:Array(String)}) AND ${visible('p.unit').sql}
          AND p.push_id IN (
            SELECT r.push_id FROM ${READABLE_EVENTS} AS r WHERE r.type = 'push.outcome_fed_back' AND JSONExtractString(r.facts, 'outcome') = 'licensed'
          )
        GROUP BY unit, subject
      )`;
}

/** Each document once, with who has it; then what only a push tells of. */
const COMPARED = `documents AS (
        SELECT unit, register, subject, doc_key, if(max(is_entered), anyIf(doc_no, is_entered), any(doc_no)) AS doc_no, max(NOT is_entered) AS listed,
          max(is_entered) AS entered, minOrNullIf(decided_on, NOT is_entered) AS listed_on, minOrNullIf(decided_on, is_entered) AS entered_on,
          count() OVER (PARTITION BY unit, register, doc_key) AS namesakes, groupArray(subject) OVER (PARTITION BY unit, register, doc_key) AS everybody
        FROM (
          SELECT unit, register, subject, doc_key, doc_no, decided_on, 0 AS is_entered FROM listed
          UNION ALL SELECT unit, register, subject, doc_key, doc_no, decided_on, 1 FROM entered
        )
        GROUP BY unit, register, subject, doc_key
      ),
      reconciled AS (
        SELECT d.unit AS unit, transform(d.register, {registers:Array(String)}, {lists:Array(String)}, d.register) AS list,
          multiIf(d.namesakes > 1 OR (d.listed AND d.entered AND ifNull(d.listed_on != d.entered_on, 0)), 'differing',
            d.listed AND d.entered, 'same', d.listed, 'list_only', 'platform_only') AS state,
          d.doc_no AS key, d.doc_key AS doc_key, d.subject AS subject, d.listed AS listed, d.entered AS entered, d.listed_on AS listed_on,
          d.entered_on AS entered_on, if(has({licences:Array(String)}, d.register), f.decided_on, NULL) AS pushed_on,
          arraySort(arrayFilter(other -> other != d.subject, d.everybody)) AS others
        FROM documents AS d
        LEFT JOIN fed_back AS f ON f.unit = d.unit AND f.subject = d.subject
        UNION ALL
        SELECT f.unit, transform({licences:Array(String)}[1], {registers:Array(String)}, {lists:Array(String)}, ''), 'push_only', f.push_id, f.push_id, f.subject, 0, 0,
          CAST(NULL, 'Nullable(Date32)'), CAST(NULL, 'Nullable(Date32)'), f.decided_on, []
        FROM fed_back AS f
        WHERE (f.unit, f.subject) NOT IN (SELECT unit, subject FROM documents WHERE has({licences:Array(String)}, register))
      )`;

const COLUMNS = `unit, list, state, key, subject, toString(listed_on) AS listed_on, toString(entered_on) AS entered_on,
  toString(pushed_on) AS pushed_on, others`;

/** Rows that want looking at first, then by unit, list and number. */
const IN_ORDER =
  'ORDER BY indexOf({states:Array(String)}, state), chosen.unit, chosen.list, chosen.doc_key, chosen.subject';

export function reconciledRows(
  scope: Scope,
  ruleSet: RuleSet,
  quarter: string,
  filter: RowFilter,
  { limit, offset }: { limit: number; offset: number },
): Statement<PagedRow> {
  const { sql, params } = reconciled(scope, ruleSet, quarter, filter);
  return {
    sql: withFunctions(`${sql}
      SELECT ${COLUMNS}, count() OVER () AS total FROM chosen
      ${IN_ORDER}
      LIMIT {limit:UInt32} OFFSET {offset:UInt32}`),
    params: { ...params, limit, offset, states: [...ROW_STATES] },
  };
}

/** All of them, for a download, in the order of the pages. */
export function everyReconciledRow(
  scope: Scope,
  ruleSet: RuleSet,
  quarter: string,
  filter: RowFilter,
): Statement<ReconciledRow> {
  const { sql, params } = reconciled(scope, ruleSet, quarter, filter);
  return {
    sql: withFunctions(`${sql}
      SELECT ${COLUMNS} FROM chosen
      ${IN_ORDER}`),
    params: { ...params, states: [...ROW_STATES] },
  };
}

/**
 * A sample to check by hand: the first `size` rows by SHA-256 of the seed, unit, list, number and subject. Every row has the
 * same chance, and whoever knows the seed and the rows draws the same ones.
 */
export function sampledRows(
  scope: Scope,
  ruleSet: RuleSet,
  quarter: string,
  filter: RowFilter,
  { seed, size }: { seed: string; size: number },
): Statement<ReconciledRow> {
  const { sql, params } = reconciled(scope, ruleSet, quarter, filter);
  return {
    sql: withFunctions(`${sql}
      SELECT ${COLUMNS} FROM chosen
      ORDER BY SHA256(arrayStringConcat([{seed:String}, chosen.unit, chosen.list, chosen.doc_key, chosen.subject], '\\n')), chosen.unit
      LIMIT {size:UInt32}`),
    params: { ...params, seed, size },
  };
}

export interface ReconciledCounts {
  unit: string;
  list: string;
  /** Documents in the list, on the platform, in both. */
  listed: number;
  entered: number;
  both: number;
  differing: number;
  list_only: number;
  platform_only: number;
  push_only: number;
}

/** Of each unit and list that has rows. */
export function reconciledCounts(scope: Scope, ruleSet: RuleSet, quarter: string): Statement<ReconciledCounts> {
  const { sql, params } = reconciled(scope, ruleSet, quarter, { unit: '', list: '', state: '' });
  return {
    sql: withFunctions(`${sql}
      SELECT unit, list, countIf(r.listed) AS listed, countIf(r.entered) AS entered, countIf(r.listed AND r.entered) AS both,
        countIf(state = 'differing') AS differing, countIf(state = 'list_only') AS list_only,
        countIf(state = 'platform_only') AS platform_only, countIf(state = 'push_only') AS push_only
      FROM reconciled AS r GROUP BY unit, list ORDER BY unit, list`),
    params,
  };
}
