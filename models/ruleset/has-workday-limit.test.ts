import { expect, test } from 'vitest';
import { hasWorkdayLimit } from './has-workday-limit.ts';
import { findRuleSet } from './load-rule-sets.ts';

// Of 002 something can await a notice; an item whose limit is a parameter has rows without a day only while there is none.
test.each([
  ['nantong-etdz', 'claim', 'unclaimed', true],
  ['nantong-etdz', 'licence', 'not_entered', true],
  ['nantong-etdz', 'login', 'missed_login_day', false],
  ['nantong-etdz', 'claim', 'not_entered', false],
  ['nantong-etdz', 'nothing', 'unclaimed', false],
  ['jieshou', 'claim', 'unclaimed', false],
  ['nanjing', 'claim', 'unclaimed', false],
  ['baoshan', 'claim', 'unclaimed', false],
] as const)('%s, %s, %s: in workdays %s', (id, item, kind, limited) => {
  expect(hasWorkdayLimit(findRuleSet(id), item, kind)).toBe(limited);
});
