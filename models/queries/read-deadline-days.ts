import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { addDays, type Day } from '../calendar/day.ts';
import { type DeadlineDays, type DeadlineLengths, deadlineDays, type UnitDay } from '../calendar/deadline-days.ts';
import type { LostPoint } from './read-explanation.ts';
import { seesUnit } from './read-scores.ts';

/** No deadline is longer than this, holidays included. */
const LONGEST = 200;
const AFTER = 40;

/**
 * The days of a lost row's deadline on the calendar by which the score was computed. Undefined for a row without a deadline,
 * outside the scope, and for units or days whose calendar the models do not keep any more.
 */
export async function readDeadlineDays(
  warehouse: Warehouse,
  scope: Scope,
  { ruleset, quarter, unit }: { ruleset: string; quarter: string; unit: string },
  row: LostPoint,
  lengths: (start: Day) => DeadlineLengths,
): Promise<DeadlineDays | undefined> {
  const { due, event, key, happened } = row;
  if (due === null || !seesUnit(scope, unit)) return undefined;
  const place = { ruleset, quarter, unit };
  const [days, starts] = await Promise.all([
    warehouse.query<{ day: string; workday: number; outage: number }>(
      `SELECT toString(d.day) AS day, d.workday AS workday, d.outage AS outage FROM int_unit_days AS d
       WHERE d.ruleset = {ruleset:String} AND d.quarter = {quarter:String} AND d.unit = {unit:String}
         AND d.day BETWEEN {from:Date32} AND {to:Date32} ORDER BY d.day`,
      { ...place, from: addDays(due, -LONGEST), to: addDays(due, AFTER) },
    ),
    warehouse.query<{ day: string }>(
      `SELECT toString(day) AS day FROM (
         SELECT 1 AS place, p.decided_on AS day FROM int_pushes AS p
         WHERE p.ruleset = {ruleset:String} AND p.quarter = {quarter:String} AND p.unit = {unit:String} AND p.push_id = {key:String}
         UNION ALL
         SELECT 2, toDate32OrNull(JSONExtractString(entry, 'decided_on')) FROM (
           SELECT arrayJoin(JSONExtractArrayRaw(l.facts, 'rows')) AS entry FROM ${READABLE_EVENTS} AS l
           WHERE source = {source:String} AND id = {id:String} AND type = 'quarter_list.submitted'
         ) WHERE JSONExtractString(entry, 'doc_no') = {key:String}
         UNION ALL
         SELECT 3, nullIf(e.decided_on, toDate32('2299-12-31')) FROM ${READABLE_EVENTS} AS e WHERE e.source = {source:String} AND e.id = {id:String}
         UNION ALL
         SELECT 4, toNullable(toDate32(e.time)) FROM ${READABLE_EVENTS} AS e WHERE e.source = {source:String} AND e.id = {id:String}
       ) WHERE day IS NOT NULL ORDER BY place`,
      { ...place, key, source: event?.source ?? '', id: event?.id ?? '' },
    ),
  ]);
  if (days.length === 0) return undefined;
  const known = days.map(
    ({ day, workday, outage }): UnitDay => ({ day, workday: workday === 1, outage: outage === 1 }),
  );
  const done = happened === null ? null : happened.slice(0, 10);
  return deadlineDays(
    known,
    starts.map(({ day }) => day),
    lengths,
    due,
    done,
  );
}
