import { expect, test } from 'vitest';
import { findRuleSet } from './load-rule-sets.ts';
import { ratePages, tableauItems } from './rate-pages.ts';

test.each([
  ['nantong-etdz', ['funnel']],
  ['nanjing', ['funnel']],
  ['baoshan', ['funnel', 'places', 'backfill']],
  ['jieshou', ['funnel', 'loop', 'backfill']],
  ['national', ['tableau', 'loop']],
])('%s has the pages that its document asks for', (id, pages) => {
  expect(ratePages(findRuleSet(id))).toEqual(pages);
});

test('the tableau has coverage, entries, publications and standards, in this order', () => {
  expect(tableauItems(findRuleSet('national')).map(({ item }) => item)).toEqual([
    'coverage',
    'attach',
    'publish',
    'quality',
  ]);
});
