import { writeFileSync } from 'node:fs';
import { liveEvents } from '@hengjian/generator';
import { RUN_MARK } from './event-batches.ts';

const DAY_MS = 86_400_000;

/** Ten o'clock in China of the last weekday that is over, so that the mixture is that of office hours whenever it is made. */
export function lastOfficeMorning(now: Date): Date {
  const morning = new Date(Math.floor(now.getTime() / DAY_MS - 1) * DAY_MS + 2 * 3_600_000);
  while (morning.getUTCDay() === 0 || morning.getUTCDay() === 6) morning.setTime(morning.getTime() - DAY_MS);
  return morning;
}

/** Writes `count` lines of the generator's live stream, duplicates and bad ones among them, with the mark of the run in their ids. */
export function prepareEvents(path: string, count: number, now = new Date()): void {
  const start = lastOfficeMorning(now);
  let taken = 0;
  const events = liveEvents({ seed: 'load', now: () => new Date(start.getTime() + taken * 10) });
  const run = `live-${start.getTime().toString(36)}`;
  const lines: string[] = [];
  for (const line of events) {
    lines.push(line.replaceAll(run, RUN_MARK));
    if (++taken === count) break;
  }
  writeFileSync(path, lines.join(''));
}
