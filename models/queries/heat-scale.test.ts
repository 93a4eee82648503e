import { expect, test } from 'vitest';
import { heatPeriods } from './heat-scale.ts';

const known = ['2025Q4', '2025Q3', '2025Q2', '2025Q1', '2024Q4', '2024Q3', '2025', '2024', '2025-06', '2025-05'];

test('by week a map is of its period alone; by month and quarter of those before it too, of the same type', () => {
  expect(heatPeriods(known, '2025Q3', 'week')).toEqual(['2025Q3']);
  expect(heatPeriods(known, '2025Q3', 'month')).toEqual(['2025Q3', '2025Q2', '2025Q1', '2024Q4']);
  expect(heatPeriods(known, '2025Q3', 'quarter')).toEqual(['2025Q3', '2025Q2', '2025Q1', '2024Q4', '2024Q3']);
  expect(heatPeriods(known, '2025', 'month')).toEqual(['2025']);
  expect(heatPeriods(known, '2025-06', 'month')).toEqual(['2025-06', '2025-05']);
});
