import { expect, test } from 'vitest';
import { sortLink, unitLink } from './matrix-links.ts';

const link = (search: string, by: string, direction: 'ascending' | 'descending', turned = false) =>
  sortLink(
    new URLSearchParams(search),
    turned ? { by, direction } : { by: 'other', direction: 'ascending' },
    { by, direction },
    'rank',
  );

test('a column sorts in its natural direction first, then the other way, and the address holds what was chosen only', () => {
  expect(link('quarter=2025Q2', 'claim', 'descending')).toBe('?quarter=2025Q2&sort=claim');
  expect(link('quarter=2025Q2&sort=claim', 'claim', 'descending', true)).toBe(
    '?quarter=2025Q2&sort=claim&dir=ascending',
  );
  expect(link('sort=claim&dir=ascending', 'rank', 'ascending')).toBe('?');
  expect(link('', 'rank', 'ascending', true)).toBe('?dir=descending');
});

test('the page of a unit keeps the rule set and forgets the sorting', () => {
  const search = new URLSearchParams('ruleset=baoshan&sort=claim&dir=ascending&quarter=2025Q1');
  expect(unitLink(search, '2025Q2', '执法/一', 'claim')).toBe(
    '/units/%E6%89%A7%E6%B3%95%2F%E4%B8%80?ruleset=baoshan&quarter=2025Q2#claim',
  );
});
