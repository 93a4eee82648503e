/** The cut-off of a period, and the errors of quarters that no calendar decides (scoring.md §3). */
import type { Warehouse } from '@hengjian/warehouse';
import { addDays, type Day } from '../calendar/day.ts';
import { CalendarError } from '../calendar/notice.ts';
import type { Period } from '../calendar/period.ts';
import { missingYear, type WorkCalendar } from '../calendar/work-calendar.ts';
import { parameterOn } from '../ruleset/parameter-history.ts';
import { type RuleSet, ruleSetOn } from '../ruleset/rule-set.ts';
import type { Project } from './project.ts';

const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** Today's day in the office's zone. */
export function localDay(now: Date): string {
  return zone.format(now);
}

/**
 * Last microsecond that counts: the end of the day addWD(last day, grace). Null for a quarter that is still running and
 * whose cut-off lies in a year without a notice: nothing is cut off yet.
 * @throws CalendarError naming the year that is missing.
 */
export function cutoffOf(
  quarter: Period,
  { ruleSet: rules, calendar }: Pick<Project, 'ruleSet' | 'calendar'>,
  now: Date,
): string | null {
  for (const day of [quarter.start, quarter.end])
    if (!calendar.knows(day)) throw missingYear(quarter.year, `the workdays of ${quarter.id}`);
  const ruleSet = ruleSetOn(rules, quarter.end);
  const grace = Number(ruleSet.parameters['cutoff.graceWorkdays']);
  try {
    return `${grace === 0 ? quarter.end : calendar.addWorkdays(quarter.end, grace)} 23:59:59.999999`;
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    if (localDay(now) <= quarter.end) return null;
    throw missingYear(quarter.year + 1, `the cut-off of ${quarter.id}, ${grace} workdays after ${quarter.end}`);
  }
}

interface Start {
  type: string;
  day: string;
  workdays: number;
}

/** What begins a deadline on a day, as the measures of the rule set say. */
function startsOf(ruleSet: RuleSet, start: Day): Start[] {
  const { bindings, catalogue } = ruleSet;
  return bindings.flatMap(({ measure, item }) =>
    (catalogue.measures.get(measure)!.starts ?? []).map(({ type, day, workdays }) => ({
      type,
      day,
      workdays: Number(parameterOn(ruleSet, workdays.replace(/^ITEM\b/, item ?? ''), start) ?? 0),
    })),
  );
}

/**
 * Deadlines that start in the year before the first notice and may end in `quarter` cannot be computed.
 * @throws CalendarError if `events` (the staged events) hold such a start.
 */
export async function guardFirstYear(
  warehouse: Warehouse,
  events: string,
  quarter: Period,
  project: Project,
): Promise<void> {
  const { calendar } = project;
  const first = calendar.days[0];
  if (!first) throw missingYear(quarter.year, `the workdays of ${quarter.id}`);
  const before = addDays(first.day, -1);
  for (const { type, day: column, workdays: n } of startsOf(ruleSetOn(project.ruleSet, quarter.end), before)) {
    if (n === 0 || latestDue(calendar, before, n) < quarter.start) continue;
    // No stretch of ten days has ever been without a workday, so a start further back than this is surely over.
    const from = addDays(first.day, -10 * n);
    const [row] = await warehouse.query<{ day: string | null }>(
      `SELECT toString(min(${column})) AS day FROM ${events} WHERE type = {type:String} AND ${column} >= {from:Date32} AND ${column} < {first:Date32} HAVING count() > 0`,
      { type, from, first: first.day },
    );
    if (row?.day)
      throw missingYear(
        Number(row.day.slice(0, 4)),
        `a deadline of ${n} workdays in ${quarter.id} that starts on ${row.day} (${type})`,
      );
  }
}

function latestDue(calendar: WorkCalendar, day: string, n: number): string {
  return calendar.addWorkdays(day, n);
}
