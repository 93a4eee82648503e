import { expect, test } from 'vitest';
import { chooseRuleSet } from './choose-rule-set.ts';

const name = { zh: '办法', en: 'Rules' };
const kept = [
  { id: 'a', name },
  { id: 'b', name },
];

test.each<[string | null, string | undefined, string | undefined]>([
  [null, undefined, 'a'],
  [null, 'b', 'b'],
  ['a', 'b', 'a'],
  [null, 'gone', 'a'],
  ['gone', 'b', undefined],
])('address %j, chosen %j → %j', (asked, chosen, expected) => {
  expect(chooseRuleSet(kept, asked, chosen)).toBe(expected);
});
