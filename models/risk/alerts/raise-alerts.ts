/** Writes the alerts of months that have ended into the log, each once: `risk.alert_raised` of the product's own source. */

import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import type { WriteEvents } from '../../publication/write-events.ts';
import { VISITS_A_YEAR } from '../../queries/draws/over-inspected.ts';
import { readRows } from '../../queries/statement.ts';
import { currentMonth } from '../current-month.ts';
import { monthBefore, monthsBetween, parseMonth, type RiskMonth } from '../risk-month.ts';
import { judgeCounts, SERIES_MONTHS } from './judge-counts.ts';
import { readMonthCounts } from './read-month-counts.ts';
import { type OverVisited, readOverVisited } from './read-over-visited.ts';
import { ALERT_SOURCE, type FoundAlert } from './risk-alert.ts';

/** Months that a look judges: what reaches the log late still counts in them. */
const LOOKED_AT = 3;

export interface RaisedAlerts {
  /** Months that were judged. */
  months: string[];
  /** Alerts that were not in the log before. */
  raised: FoundAlert[];
}

/**
 * Judges the last ended months, and raises what is not in the log yet. What was raised stays, whatever comes later: it is on record
 * that somebody was told. Running it again on the same log writes nothing.
 *
 * @throws CommandError where events are refused
 */
export async function raiseAlerts(warehouse: Warehouse, write: WriteEvents, now = new Date()): Promise<RaisedAlerts> {
  const months = lookedAt(now);
  const found: FoundAlert[] = [];
  for (const month of months) found.push(...(await alertsOf(warehouse, month)));
  const known = await warehouse.query<{ alert_id: string }>(
    `SELECT DISTINCT JSONExtractString(facts, 'alert_id') AS alert_id FROM ${READABLE_EVENTS} AS e WHERE type = 'risk.alert_raised' AND source = {source:String}`,
    { source: ALERT_SOURCE },
  );
  const before = new Set(known.map(({ alert_id }) => alert_id));
  const raised = found.filter(({ alert_id }) => !before.has(alert_id));
  if (raised.length > 0) {
    const { rejected } = await write(raised.map((alert) => eventOf(alert, now)));
    const [first] = rejected;
    if (first)
      throw new CommandError(
        `The alert ${raised[first.index]!.alert_id} was not recorded: ${first.detail} (${first.reason}); ${rejected.length} of ${raised.length} were refused.`,
      );
  }
  return { months: months.map(({ id }) => id), raised };
}

/** What stands out in a month. */
export async function alertsOf(warehouse: Warehouse, month: RiskMonth): Promise<FoundAlert[]> {
  let first = month;
  for (let n = 1; n < SERIES_MONTHS; n++) first = monthBefore(first);
  const counts = await readRows(warehouse, readMonthCounts(`${first.id}-01`, month.end));
  const limits = { first: `${month.id}-01`, last: month.end, limit: VISITS_A_YEAR };
  const often = await readRows(warehouse, readOverVisited(limits));
  return [...judgeCounts(counts, month.id), ...often.map((found) => visitsAlert(found, month.id))];
}

function visitsAlert({ subject, area, industry, visits }: OverVisited, month: string): FoundAlert {
  // Departments that go together for one task come through the door once.
  const n = new Set(visits.map(({ task }) => task)).size;
  return {
    alert_id: `${month}-visits-${subject}`,
    topic: 'visits',
    chart: 'limit',
    direction: 'high',
    month,
    area,
    industry,
    n,
    count: n,
    target: VISITS_A_YEAR,
    value: n,
    lower: null,
    upper: VISITS_A_YEAR,
    series: [],
    visits,
    subject,
  };
}

function lookedAt(now: Date): RiskMonth[] {
  const last = monthBefore(currentMonth(now));
  let first = last;
  for (let n = 1; n < LOOKED_AT; n++) first = monthBefore(first);
  return monthsBetween(first, last).map(({ id }) => parseMonth(id)!);
}

function eventOf({ subject, ...data }: FoundAlert, now: Date): object {
  return {
    specversion: '1.0',
    id: data.alert_id,
    source: ALERT_SOURCE,
    type: 'risk.alert_raised',
    time: now.toISOString(),
    department: OFFICE_UNIT,
    ...(data.area ? { region: data.area } : {}),
    ...(subject ? { subject } : {}),
    data,
  };
}
