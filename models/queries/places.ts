/** The way from a unit's figure down to single records: unit → area → department → record, of the items of the rule set's tables. */
import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

/** What a row of figures is of. */
export type PlaceLevel = 'unit' | 'area' | 'department';

export interface PlaceFilter {
  ruleset: string;
  quarter: string;
  /** Unit of the rule set; '' for all. */
  unit: string;
  /** Area code, '' for what names none; undefined for all. */
  area?: string | undefined;
  /** As the event names it; undefined for all. */
  department?: string | undefined;
}

export interface PlaceFigure {
  /** Unit id, area code or department, by level. */
  place: string;
  item: string;
  /** n and N, things (not rows). */
  numerator: number;
  denominator: number;
  /** t; null where the item has no deadline. */
  on_time: number | null;
  /** Among the places of the same level that are asked for; null under area limits, which hide some of them. */
  rank: number | null;
}

/**
 * n, N, t and rank of each place of a level and item: as the item counts them, so that the figures of a unit's areas add up to the unit's.
 * The rank is rulesets.md §1's (by t/N, without a deadline n/N, equal shares share a rank). Equal fractions are equal doubles, and others
 * differ while counts stay below 2²⁶.
 */
export function placeFigures(scope: Scope, level: PlaceLevel, filter: PlaceFilter): Statement<PlaceFigure> {
  const { sql, params } = placeCondition(scope, filter);
  return {
    sql: `SELECT place, item, toUInt32(n) AS numerator, toUInt32(due) AS denominator, if(has_deadline, toNullable(toUInt32(t)), NULL) AS on_time,
  if({ranked:Bool}, toNullable(toUInt32(rank() OVER (PARTITION BY item ORDER BY if(ranked_by_time, t, n) / due DESC))), NULL) AS rank
FROM (
  SELECT CAST(multiIf({level:String} = 'unit', unit, {level:String} = 'area', area, department) AS String) AS place, CAST(item AS String) AS item,
    sum(amount) AS due, sum(done) AS n, sum(shown_place_rows.on_time) AS t, max(timed) AS has_deadline, max(by_time) AS ranked_by_time
  FROM shown_place_rows
  WHERE ${sql}
  GROUP BY place, item
  HAVING due > 0
)
ORDER BY place, item`,
    params: { ...params, level, ranked: scope.areas === 'all' },
  };
}

export type RecordState = 'undone' | 'late' | 'done';

export interface PlaceRecord {
  unit: string;
  area: string;
  department: string;
  key: string;
  subject: string;
  event_source: string;
  event_id: string;
  /** YYYY-MM-DD */
  due: string | null;
  /** Local wall time. */
  happened: string | null;
  amount: number;
  done: number;
  state: RecordState;
  /** Of all records that the filter lets through, on every row. */
  total: number;
}

/** Single records of an item, what is missing first, then what was late. @param page from 1, of `size` records */
export function placeRecords(
  scope: Scope,
  filter: PlaceFilter & { item: string; state: RecordState | ''; page: number; size: number },
): Statement<PlaceRecord> {
  const { sql, params } = placeCondition(scope, filter);
  const { item, state, page, size } = filter;
  return {
    sql: `SELECT unit, area, department, key, subject, event_source, event_id, toString(r.due) AS due, toString(r.happened) AS happened,
  toUInt32(r.amount) AS amount, toUInt32(r.done) AS done, state, toUInt32(count() OVER ()) AS total
FROM (
  SELECT *, multiIf(s.done < s.amount, 'undone', s.timed AND s.on_time < s.amount, 'late', 'done') AS state
  FROM shown_place_rows AS s
  WHERE ${sql} AND item = {item:String}
) AS r
WHERE {state:String} = '' OR state = {state:String}
ORDER BY indexOf(['undone', 'late', 'done'], state), r.due, key, subject, variant
LIMIT {size:UInt32} OFFSET {offset:UInt64}`,
    params: { ...params, item, state, size, offset: (page - 1) * size },
  };
}

function placeCondition(scope: Scope, { ruleset, quarter, unit, area, department }: PlaceFilter) {
  const visible = scopeCondition(scope, 'explanations', { unit: 'unit', area: 'area' });
  return {
    sql: `ruleset = {ruleset:String} AND quarter = {quarter:String} AND ({unit:String} = '' OR unit = {unit:String})
    AND ({any_area:Bool} OR area = {area:String}) AND ({any_department:Bool} OR department = {department:String}) AND ${visible.sql}`,
    params: {
      ...visible.params,
      ruleset,
      quarter,
      unit,
      area: area ?? '',
      any_area: area === undefined,
      department: department ?? '',
      any_department: department === undefined,
    },
  };
}
