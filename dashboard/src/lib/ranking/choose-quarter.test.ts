import type { QuarterEntry } from '@hengjian/models/queries/list-quarters.ts';
import { expect, test } from 'vitest';
import { chooseQuarter, periodBefore } from './choose-quarter.ts';

const quarters = ['2025Q4', '2025Q3', '2025Q2'].map((quarter) => ({ quarter }) as QuarterEntry);
const at = (time: string) => Date.parse(`${time}+08:00`);

test('takes the latest finished quarter unless one is asked for', () => {
  expect(chooseQuarter(quarters, null, at('2025-12-31T23:59:59'))).toBe('2025Q3');
  expect(chooseQuarter(quarters, null, at('2026-01-01T00:00:00'))).toBe('2025Q4');
  expect(chooseQuarter(quarters, null, at('2025-05-01T00:00:00'))).toBe('2025Q4');
  expect(chooseQuarter(quarters, '2019Q1')).toBe('2019Q1');
  expect(chooseQuarter([], null)).toBeUndefined();
  const periods = ['2025', '2025-06', '2025Q2', '2025-05'].map((quarter) => ({ quarter }) as QuarterEntry);
  expect(chooseQuarter(periods, null, at('2026-01-01T00:00:00'))).toBe('2025Q2');
});

test('the quarter before crosses the year', () => {
  expect(periodBefore('2025Q1')).toBe('2024Q4');
  expect(periodBefore('2025Q4')).toBe('2025Q3');
  expect(['2025-01', '2025', 'x'].map(periodBefore)).toEqual(['2024-12', '2024', 'x']);
});
