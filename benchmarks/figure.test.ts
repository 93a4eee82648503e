import { expect, it } from 'vitest';
import { figureTable, median } from './figure.ts';

it('takes the middle of the runs', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

it('says beside each figure whether its aim is met', () => {
  const table = figureTable([
    { name: 'ratio', value: 0.7123, unit: '×', aim: { atLeast: 0.6 } },
    { name: 'memory', value: 612.3, unit: 'MB', aim: { atMost: 500 } },
    { name: 'rate', value: 123456.7, unit: 'events/s', note: '3 runs' },
  ]);
  expect(table.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
    'ratio | 0.712 × | met (≥ 0.6)',
    'memory | 612 MB | NOT MET (≤ 500)',
    'rate | 123,457 events/s | 3 runs',
  ]);
});
