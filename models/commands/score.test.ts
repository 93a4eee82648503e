import { expect, test } from 'vitest';
import { scoreText, yearText } from './score.ts';

const unit = {
  unit: 'scjg',
  name: '市场监管局',
  name_en: 'Market Supervision Bureau',
  rank: 1,
  total: 9,
  total_exact: '9',
};

test('units go by their names in either language; one without an English name by its id', () => {
  const scores = {
    ...{ quarter: '2025Q2', ruleset: { id: 'r', version: '1' }, status: 'draft', as_of: '', cutoff: null },
    units: [
      { ...unit, items: [{ item: 'claim', points_exact: '173/19' }] },
      { ...unit, unit: 'czj', name: '财政局', name_en: '', items: [] },
    ],
  } as unknown as Parameters<typeof scoreText>[0];
  const names = new Map([['claim', { zh: '许可主体认领', en: 'Claiming of licensed subjects' }]]);
  const chinese = scoreText(scores, 'zh', names);
  expect(chinese).toContain('市场监管局');
  expect(chinese).toMatch(/\n项目 +名称\nclaim +许可主体认领\n$/);
  const english = scoreText(scores, 'en', names);
  expect(english).toMatch(/\nclaim +Claiming of licensed subjects\n$/);
  expect(english).toContain('Market Supervision Bureau');
  expect(english).toMatch(/ czj /);
  const year = { year: 2025, aggregation: 'sum', quarters: [], drafts: [], units: [{ ...unit, quarters: [] }] };
  expect(yearText(year as never, 'en')).toContain('Market Supervision Bureau');
});
