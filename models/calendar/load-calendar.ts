/** The notices that come with the product, and those an office put into `<dataDir>/calendars/` (its file wins). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HolidayNotice, parseNotice } from './notice.ts';
import { WorkCalendar } from './work-calendar.ts';

const builtin = fileURLToPath(new URL('./notices/', import.meta.url));

/** @throws CalendarError naming the file that is wrong, or the year that is missing between others. */
export function loadCalendar(dataDir?: string): WorkCalendar {
  const notices = new Map<number, HolidayNotice>();
  for (const directory of [builtin, ...(dataDir ? [join(dataDir, 'calendars')] : [])]) {
    if (!existsSync(directory)) continue;
    for (const file of readdirSync(directory)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()) {
      const path = join(directory, file);
      const notice = parseNotice(readFileSync(path, 'utf8'), path);
      notices.set(notice.year, notice);
    }
  }
  return new WorkCalendar([...notices.values()]);
}
