import { expect, test } from 'vitest';
import { refusalText } from './refusal-text.ts';

test('a refusal names the quarter, the days and the way out in the reader’s language', () => {
  const refused = {
    reason: 'window_open' as const,
    values: { quarter: '2025Q2', shown: '2025-07-11', until: '2025-07-18', from: '2025-07-19' },
  };
  expect(refusalText('zh-CN', refused)).toBe(
    '2025年第二季度尚不能发布：评分草稿于2025年7月11日告知，异议期至2025年7月18日，2025年7月19日起可以发布。',
  );
  expect(refusalText('en', refused)).toContain('Q2 2025 cannot be published yet: its draft was shown on 11 Jul 2025');
  const month = { quarter: '2025-04', ruleset: 'jieshou', periods: 'quarter,year' };
  expect(refusalText('zh-CN', { reason: 'period_not_kept', values: month })).toContain(
    '2025年4月不能在评分办法jieshou下告知或发布：该办法按季度、年发布。',
  );
  expect(refusalText('zh-CN', { reason: 'objections_open', values: { quarter: '2025Q2', n: 3 } })).toContain('3件异议');
});
