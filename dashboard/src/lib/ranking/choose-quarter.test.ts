import type { QuarterEntry } from '@hengjian/models/queries/list-quarters.ts';
import { expect, test } from 'vitest';
import { chooseQuarter, quarterBefore } from './choose-quarter.ts';

const quarters = ['2025Q4', '2025Q3', '2025Q2'].map((quarter) => ({ quarter }) as QuarterEntry);
const at = (time: string) => Date.parse(`${time}+08:00`);

test('takes the latest finished quarter unless one is asked for', () => {
  expect(chooseQuarter(quarters, null, at('2025-12-31T23:59:59'))).toBe('2025Q3');
  expect(chooseQuarter(quarters, null, at('2026-01-01T00:00:00'))).toBe('2025Q4');
  expect(chooseQuarter(quarters, null, at('2025-05-01T00:00:00'))).toBe('2025Q4');
  expect(chooseQuarter(quarters, '2019Q1')).toBe('2019Q1');
  expect(chooseQuarter([], null)).toBeUndefined();
});

test('the quarter before crosses the year', () => {
  expect(quarterBefore('2025Q1')).toBe('2024Q4');
  expect(quarterBefore('2025Q4')).toBe('2025Q3');
});
