import { expect, test } from 'vitest';
import { addDays } from './day.ts';
import { deadlineDays, type UnitDay } from './deadline-days.ts';
import { loadCalendar } from './load-calendar.ts';

const calendar = loadCalendar();
/** The plain calendar around 2025-01-20, with an outage of some days. */
function unitDays(outages: readonly string[] = []): UnitDay[] {
  return Array.from({ length: 120 }, (_, n) => addDays('2024-12-25', n)).map((day) => ({
    day,
    workday: calendar.isWorkday(day) && !outages.includes(day),
    outage: outages.includes(day),
  }));
}
const seven = () => ({ workdays: [7], days: [] });
const count = (days: { day: string; n: number | null }[]) =>
  days.flatMap(({ day, n }) => (n === null ? [] : [[day, n]]));

test('2025-01-20 + 7 = 2025-02-05: the Sunday worked counts, Spring Festival does not', () => {
  const { start, length, days } = deadlineDays(unitDays(), ['2025-01-20'], seven, '2025-02-05', null);
  expect([start, length]).toEqual(['2025-01-20', { of: 'workdays', n: 7 }]);
  expect(count(days)).toEqual([
    ['2025-01-21', 1],
    ['2025-01-22', 2],
    ['2025-01-23', 3],
    ['2025-01-24', 4],
    ['2025-01-26', 5],
    ['2025-01-27', 6],
    ['2025-02-05', 7],
  ]);
  const mark = (day: string) => days.find((one) => one.day === day)!.mark;
  expect([mark('2025-01-25'), mark('2025-01-26'), mark('2025-01-29'), mark('2025-01-21')]).toEqual([
    'weekend',
    'makeup',
    'holiday',
    'workday',
  ]);
  expect([days[0]!.day, days.at(-1)!.day, days.length % 7]).toEqual(['2025-01-20', '2025-02-09', 0]);
});

test('days of an outage are marked and put the deadline off', () => {
  const out = unitDays(['2025-01-22']);
  const { length, days } = deadlineDays(out, ['2025-01-20'], seven, '2025-02-06', '2025-02-20');
  expect(length).toEqual({ of: 'workdays', n: 7 });
  expect(days.find(({ day }) => day === '2025-01-22')).toEqual({ day: '2025-01-22', mark: 'outage', n: null });
  expect(days.at(-1)!.day).toBe('2025-02-23');
});

test('a start that does not give the deadline is not said to be one', () => {
  const { start, length, days } = deadlineDays(unitDays(), ['2025-01-21', '2025-01-20'], seven, '2025-02-05', null);
  expect(start).toBe('2025-01-20');
  expect(length).not.toBeNull();
  const unknown = deadlineDays(unitDays(), ['2025-01-10'], seven, '2025-02-05', null);
  expect([unknown.start, unknown.length, count(unknown.days)]).toEqual([null, null, []]);
  expect(days.length).toBeGreaterThan(0);
});

test('sixty days count holidays too', () => {
  const { length, days } = deadlineDays(
    unitDays(),
    ['2025-01-20'],
    () => ({ workdays: [7], days: [60] }),
    '2025-03-21',
    null,
  );
  expect(length).toEqual({ of: 'days', n: 60 });
  expect(count(days).at(-1)).toEqual(['2025-03-21', 60]);
});
