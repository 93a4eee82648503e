import { weekday } from '@hengjian/models/calendar/day.ts';
import { loadCalendar } from '@hengjian/models/calendar/load-calendar.ts';
import { CalendarError } from '@hengjian/models/calendar/notice.ts';
import type { WorkCalendar } from '@hengjian/models/calendar/work-calendar.ts';

/**
 * Whether a day `YYYY-MM-DD` is a workday, by the notices of the data directory. A year without a notice, or a file that
 * is wrong, leaves the weekends: scores refuse that, an alert must not fail by it.
 */
export function workdays(dataDir: string): (day: string) => boolean {
  const calendar = knownCalendar(dataDir);
  return (day) => (calendar?.knows(day) ? calendar.isWorkday(day) : weekday(day) !== 0 && weekday(day) !== 6);
}

function knownCalendar(dataDir: string): WorkCalendar | undefined {
  try {
    return loadCalendar(dataDir);
  } catch (error) {
    if (error instanceof CalendarError) return undefined;
    throw error;
  }
}
