/**
 * Workdays by the State Council notices, 调休 included. A year without a notice is an error, never a guess
 * (scoring.md §3). Unit calendars (declared outages) are built on it in SQL, `int_unit_days`.
 */
import { createHash } from 'node:crypto';
import { addDays, type Day, weekday } from './day.ts';
import { CalendarError, type HolidayNotice } from './notice.ts';

export interface CalendarDay {
  day: Day;
  workday: boolean;
}

export class WorkCalendar {
  /** Every day of the known years, ascending. */
  readonly days: readonly CalendarDay[];
  readonly notices: readonly HolidayNotice[];
  /** Changes when any notice changes: what was built with another calendar is built again. */
  readonly hash: string;
  readonly #position = new Map<Day, number>();

  /** @throws CalendarError when two notices speak of one year or the years leave a gap. */
  constructor(notices: readonly HolidayNotice[]) {
    const sorted = [...notices].sort((a, b) => a.year - b.year);
    for (const [i, notice] of sorted.entries()) {
      const before = sorted[i - 1];
      if (before && notice.year !== before.year + 1)
        throw missingYear(before.year + 1, `notices of ${before.year} and ${notice.year} are loaded`);
    }
    this.notices = sorted;
    this.days = sorted.flatMap(daysOfYear);
    for (const [i, { day }] of this.days.entries()) this.#position.set(day, i);
    this.hash = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
  }

  knows(day: Day): boolean {
    return this.#position.has(day);
  }

  /** @throws CalendarError for a year without a notice. */
  isWorkday(day: Day): boolean {
    const position = this.#position.get(day);
    if (position === undefined) throw missingYear(Number(day.slice(0, 4)), `whether ${day} is a workday`);
    return this.days[position]!.workday;
  }

  /** The n-th workday strictly after `day` (n ≥ 1). @throws CalendarError if a year without a notice decides it. */
  addWorkdays(day: Day, n: number): Day {
    let at = day;
    for (let left = n; left > 0; ) {
      at = addDays(at, 1);
      if (this.isWorkday(at)) left--;
    }
    return at;
  }

  /** Workdays from `from` to `to`, both included. */
  workdaysBetween(from: Day, to: Day): number {
    let count = 0;
    for (let at = from; at <= to; at = addDays(at, 1)) if (this.isWorkday(at)) count++;
    return count;
  }
}

function daysOfYear(notice: HolidayNotice): CalendarDay[] {
  const off = new Set<Day>();
  for (const [from, to] of notice.days_off) for (let at = from; at <= to; at = addDays(at, 1)) off.add(at);
  const on = new Set(notice.workdays);
  const days: CalendarDay[] = [];
  for (let day = `${notice.year}-01-01`; day <= `${notice.year}-12-31`; day = addDays(day, 1)) {
    const weekend = weekday(day) === 0 || weekday(day) === 6;
    days.push({ day, workday: on.has(day) || (!weekend && !off.has(day)) });
  }
  return days;
}

/** The error for a year nobody published a notice for here. */
export function missingYear(year: number, why: string): CalendarError {
  return new CalendarError(
    `No holiday notice is loaded for ${year} (needed: ${why}). Put ${year}.yaml with year, document, days_off and workdays into the calendars directory of the data directory (for example .data/calendars/${year}.yaml), then run the command again.`,
    year,
  );
}
