import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './day.ts';
import { PERIOD_TYPES, parsePeriod, periodBeside, periodOf, quartersOf } from './period.ts';
import { parseQuarter } from './quarter.ts';

test.each([
  ['2025-04', 'month', '2025-04-01', '2025-04-30'],
  ['2024-02', 'month', '2024-02-01', '2024-02-29'],
  ['2025-12', 'month', '2025-12-01', '2025-12-31'],
  ['2025Q2', 'quarter', '2025-04-01', '2025-06-30'],
  ['2025Q4', 'quarter', '2025-10-01', '2025-12-31'],
  ['2025', 'year', '2025-01-01', '2025-12-31'],
])('%s', (id, type, start, end) => {
  expect(parsePeriod(id)).toEqual({ id, type, year: Number(id.slice(0, 4)), start, end });
});

test.each([
  '2025-4',
  '2025-13',
  '2025-00',
  '2025Q5',
  '2025Q',
  '2009',
  '2200Q1',
  '2025q2',
  ' 2025',
  '2025-04-01',
  '',
  '2025\n',
])('%j is no period', (id) => expect(parsePeriod(id)).toBeNull());

const day = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('2010-01-01', n));

test('periods of a type lie end to end, and each day lies in the one that is named after it', () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...PERIOD_TYPES), (one, type) => {
      const period = parsePeriod(periodOf(type, one))!;
      expect(period.start <= one && one <= period.end).toBe(true);
      const next = parsePeriod(periodBeside(period, 1));
      if (next) expect(next.start).toBe(addDays(period.end, 1));
      if (next) expect(periodBeside(next, -1)).toBe(period.id);
    }),
  );
});

test('a year is its quarters, and a quarter is read as nothing else', () => {
  expect(quartersOf(2025).map((id) => parseQuarter(id)!.start)).toEqual([
    '2025-01-01',
    '2025-04-01',
    '2025-07-01',
    '2025-10-01',
  ]);
  expect([parseQuarter('2025'), parseQuarter('2025-04')]).toEqual([null, null]);
});
