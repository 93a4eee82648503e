import type { UnitScore } from '@hengjian/models/queries/read-scores.ts';
import { expect, test } from 'vitest';
import { tableauCards } from './tableau-cards.ts';

const unit = (id: string, n: number, due: number, badges: string[] = []): UnitScore => ({
  unit: id,
  name: id,
  name_en: '',
  rank: null,
  total: null,
  items: [
    { item: 'quality', weight: null, points: null, numerator: n, denominator: due, on_time: null, rank: null, badges },
  ],
});

test('an indicator is summed over the units that had something due, and says how many miss the target', () => {
  const units = [unit('a', 1499, 1500, ['below_target']), unit('b', 10, 10), unit('c', 0, 0, ['no_business'])];
  expect(tableauCards(units, [{ item: 'quality', measure: 'data_quality' }])).toEqual([
    {
      item: 'quality',
      measure: 'data_quality',
      numerator: 1509,
      denominator: 1510,
      onTime: null,
      level: 90,
      units: 2,
      below: 1,
    },
  ]);
});

test('nothing due is no share', () => {
  expect(tableauCards([unit('c', 0, 0)], [{ item: 'quality', measure: 'data_quality' }])[0]).toMatchObject({
    denominator: 0,
    level: 'none',
    units: 0,
  });
});
