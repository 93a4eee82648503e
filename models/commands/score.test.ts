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
      { ...unit, items: [] },
      { ...unit, unit: 'czj', name: '财政局', name_en: '', items: [] },
    ],
  } as unknown as Parameters<typeof scoreText>[0];
  expect(scoreText(scores, 'zh')).toContain('市场监管局');
  const english = scoreText(scores, 'en');
  expect(english).toContain('Market Supervision Bureau');
  expect(english).toMatch(/ czj /);
  const year = { year: 2025, aggregation: 'sum', quarters: [], drafts: [], units: [{ ...unit, quarters: [] }] };
  expect(yearText(year as never, 'en')).toContain('Market Supervision Bureau');
});
