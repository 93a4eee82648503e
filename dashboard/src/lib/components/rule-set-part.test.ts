import { expect, test } from 'vitest';
import { keepRuleSet, ruleSetPart } from './rule-set-part.ts';

test('a link stays under the rule set that the address asks for, and names none otherwise', () => {
  expect(ruleSetPart(new URL('http://x/places?ruleset=baoshan&quarter=2025Q2'))).toBe('&ruleset=baoshan');
  expect(ruleSetPart(new URL('http://x/places?quarter=2025Q2'))).toBe('');
});

test('an address that asks for nothing else begins its query with it', () => {
  expect(ruleSetPart(new URL('http://x/units/scjg?ruleset=baoshan'), '?')).toBe('?ruleset=baoshan');
  expect(ruleSetPart(new URL('http://x/units/scjg'), '?')).toBe('');
});

test('an address stays under the rule set, before its mark on the page, unless it names one itself', () => {
  const present = new URL('http://x/units/scjg?ruleset=baoshan');
  expect(keepRuleSet(present, '/stream#alerts')).toBe('/stream?ruleset=baoshan#alerts');
  expect(keepRuleSet(present, '/heat?unit=a')).toBe('/heat?unit=a&ruleset=baoshan');
  expect(keepRuleSet(present, '/rules?ruleset=nanjing')).toBe('/rules?ruleset=nanjing');
  expect(keepRuleSet(new URL('http://x/'), '/heat#map')).toBe('/heat#map');
});
