import { parsePeriod, periodBeside } from '@hengjian/models/calendar/period.ts';
import type { QuarterEntry } from '@hengjian/models/queries/list-quarters.ts';

const isOver = (period: { end: string }, now: number) => Date.parse(`${period.end}T24:00:00+08:00`) <= now;

/** The period asked for; without one the latest quarter that is over, since one under way has hardly any figures yet. */
export function chooseQuarter(
  periods: readonly QuarterEntry[],
  asked: string | null,
  now = Date.now(),
): string | undefined {
  if (asked !== null && asked !== '') return asked;
  const quarters = periods.map(({ quarter }) => parsePeriod(quarter)!).filter(({ type }) => type === 'quarter');
  return (quarters.find((quarter) => isOver(quarter, now)) ?? quarters[0])?.id;
}

/** "2025Q1" → "2024Q4", "2025-01" → "2024-12"; what is no period as it is. */
export function periodBefore(id: string): string {
  const period = parsePeriod(id);
  return period ? periodBeside(period, -1) : id;
}
