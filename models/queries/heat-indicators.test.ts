import { expect, test } from 'vitest';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { parseRuleSet } from '../ruleset/rule-set.ts';
import { HEAT_INDICATOR_IDS, heatIndicatorsOf } from './heat-indicators.ts';

const { text } = findRuleSet('nantong-etdz');
const itemsOf = (changed: string) =>
  Object.fromEntries(heatIndicatorsOf(parseRuleSet(changed, 'own.yaml')).map(({ id, item }) => [id, item]));

test('of Nantong all that have texts of their own, each with the item that counts it', () => {
  const found = itemsOf(text);
  expect(Object.keys(found)).toEqual(HEAT_INDICATOR_IDS);
  expect(found).toMatchObject({
    claim_timely: 'claim',
    licence_late: 'licence',
    published: 'dr_publish',
    inspections: 'dr_single',
  });
});

test('an item under another id is found by its measure; what no item counts, or a switched-off one, is not offered', () => {
  const renamed = itemsOf(text.replace('- id: claim\n', '- id: renling\n'));
  expect(renamed).toMatchObject({ claim: 'renling', claim_timely: 'renling', feedback: 'feedback' });
  const off = itemsOf(text.replace('    duty: [login]', '    on: false\n    duty: [login]'));
  expect(Object.keys(off)).toEqual(HEAT_INDICATOR_IDS.filter((id) => id !== 'login'));
});
