/** Days as they count for a unit: days of a declared outage that covers it are no workdays for it (scoring.md §3). */
import { addDays, type Day } from './day.ts';
import type { WorkCalendar } from './work-calendar.ts';

export interface Outage {
  from: Day;
  to: Day;
  /** Empty: every unit. */
  units: readonly string[];
}

export interface UnitCalendar {
  /** Whether a notice of its year is loaded. */
  knows(day: Day): boolean;
  /** @throws CalendarError for a year without a notice */
  isWorkday(day: Day): boolean;
}

/** The calendar of a unit; without a unit the plain one. */
export function unitCalendar(calendar: WorkCalendar, outages: readonly Outage[], unit: string | null): UnitCalendar {
  const own = unit === null ? [] : outages.filter(({ units }) => units.length === 0 || units.includes(unit));
  return {
    knows: (day) => calendar.knows(day),
    isWorkday: (day) => calendar.isWorkday(day) && !own.some(({ from, to }) => from <= day && day <= to),
  };
}

/** The n-th workday strictly after `day` (n ≥ 1). @throws CalendarError */
export function addWorkdays({ isWorkday }: UnitCalendar, day: Day, n: number): Day {
  let at = day;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkday(at)) left -= 1;
  }
  return at;
}

/** Likewise (n = 0: the day itself); null where a year without a notice decides. */
export function workdayAfter({ knows, isWorkday }: UnitCalendar, day: Day, n: number): Day | null {
  let at = day;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (!knows(at)) return null;
    if (isWorkday(at)) left -= 1;
  }
  return at;
}

/** Further than this nobody counts. */
const FARTHEST = 400;

/**
 * Workdays left: those after `today` up to the last day, so 0 on the day itself (or on days off before it ends);
 * negative once it is over: the workdays since, up to today. Null where a year without a notice decides, or further than 400 days.
 */
export function workdaysLeft({ knows, isWorkday }: UnitCalendar, today: Day, due: Day): number | null {
  const [from, to] = due < today ? [due, today] : [today, due];
  if (addDays(from, FARTHEST) < to) return null;
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) {
    if (!knows(at)) return null;
    if (isWorkday(at)) count += 1;
  }
  return due < today ? -count : count;
}
