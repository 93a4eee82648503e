import { expect, test } from 'vitest';
import { ruleSetPart } from './rule-set-part.ts';

test('a link stays under the rule set that the address asks for, and names none otherwise', () => {
  expect(ruleSetPart(new URL('http://x/places?ruleset=baoshan&quarter=2025Q2'))).toBe('&ruleset=baoshan');
  expect(ruleSetPart(new URL('http://x/places?quarter=2025Q2'))).toBe('');
});

test('an address that asks for nothing else begins its query with it', () => {
  expect(ruleSetPart(new URL('http://x/units/scjg?ruleset=baoshan'), '?')).toBe('?ruleset=baoshan');
  expect(ruleSetPart(new URL('http://x/units/scjg'), '?')).toBe('');
});
