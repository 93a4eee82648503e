import type { ComparedFigures, RuleSetComparison } from '@hengjian/models/scoring/compare-rule-sets.ts';
import { expect, test } from 'vitest';
import { changedItems, totalRows } from './comparison-rows.ts';

const figures = (some: Partial<ComparedFigures>): ComparedFigures => ({
  weight: null,
  points: null,
  numerator: null,
  denominator: null,
  on_time: null,
  rank: null,
  ...some,
});
const name = { zh: '认领', en: 'Claims' };
const scored = figures({ weight: 10, points: '173/19', numerator: 17, denominator: 19, on_time: 15 });
const comparison = (units: RuleSetComparison['units']): RuleSetComparison => ({
  quarter: '2025Q2',
  before: { id: 'a', version: '1', hash: 'x', status: 'draft' },
  after: { id: 'b', version: '2', hash: 'y' },
  as_of: '2025-07-10T00:00:00+08:00',
  differences: [],
  units,
});

test('totals and ranks stand beside each other, the change exact before it is rounded', () => {
  const rows = totalRows(
    'zh-CN',
    comparison([
      {
        unit: 'u',
        name: '甲',
        name_en: 'First',
        before: { rank: 2, total: '173/19' },
        after: { rank: 1, total: '10' },
        items: [],
      },
      { unit: 'v', name: '乙', name_en: '', before: null, after: { rank: 2, total: '9' }, items: [] },
    ]),
  );
  expect(rows).toEqual([
    { unit: 'u', name: '甲', before: '9.11', after: '10.00', change: '+0.89', ranks: '2 → 1' },
    { unit: 'v', name: '乙', before: '–', after: '9.00', change: '–', ranks: '– → 2' },
  ]);
});

test('a rule set of rates has no totals, and its items show share and rank', () => {
  const rate = figures({ numerator: 16, denominator: 18, on_time: 10, rank: 3 });
  const unit = {
    unit: 'u',
    name: '甲',
    name_en: 'First',
    before: { rank: null, total: null },
    after: { rank: null, total: null },
    items: [
      { item: 'claim', name, before: rate, after: { ...rate, on_time: 12 } },
      { item: 'same', name, before: rate, after: { ...rate } },
      { item: 'new', name, before: null, after: scored },
    ],
  };
  expect(totalRows('zh-CN', comparison([unit]))).toEqual([]);
  expect(
    changedItems('zh-CN', comparison([unit])).map(({ item, before, after, change }) => [item, before, after, change]),
  ).toEqual([
    ['claim', '16/18 (10) · 55.6% · #3', '16/18 (12) · 66.7% · #3', '+11.1个百分点'],
    ['new', null, '9.11/10 · 17/19 (15)', ''],
  ]);
  expect(changedItems('en', comparison([unit]))[0]).toMatchObject({ name: 'First', change: '+11.1 pp' });
});
