import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../calendar/day.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { localDay } from '../runner/quarter-scope.ts';

/** What is done in a test falls due within this many days. */
const AHEAD = 60;

/**
 * For tests of what people do by the clock of the machine: notices of the years that deadlines from today on lie in and the product has
 * none of yet, put into a data directory as an office would, without holidays. Nothing while the product's own reach far enough.
 */
export function writeLaterNotices(dataDir: string, now = new Date()): void {
  const last = loadCalendar().notices.at(-1)!.year;
  const needed = Number(addDays(localDay(now), AHEAD).slice(0, 4));
  if (needed <= last) return;
  const directory = join(dataDir, 'calendars');
  mkdirSync(directory, { recursive: true });
  for (let year = last + 1; year <= needed; year += 1)
    writeFileSync(join(directory, `${year}.yaml`), `year: ${year}\ndocument: 测试用\ndays_off: []\nworkdays: []\n`);
}
