import { expect, it } from 'vitest';
import { findRuleSet } from './load-rule-sets.ts';
import { parseRuleSet } from './rule-set.ts';

const jieshou = findRuleSet('jieshou');
const lineOf = (text: string) => jieshou.text.split('\n').findIndex((line) => line.includes(text)) + 1;
const changed = (from: string, to: string) => () => parseRuleSet(jieshou.text.replace(from, to), 'own.yaml');

it.each([
  ['claim.deadlineWorkdays: 5', 'claim.deadlineWorkdays: soon', /parameter claim\.deadlineWorkdays is "soon"/],
  [
    'measure: push_receipt',
    'measure: push_recept',
    /names the measure push_recept.*\(clause: 003 五\(三\)“起5个工作日内/s,
  ],
  ['id: yjj', 'id: wjw', /unit wjw stands twice/],
  ['duties: [register, entry, punish]', 'duties: [registr, entry, punish]', /the duty registr/],
])('says on which line %s became %s, and the clause where it is about an item', (from, to, message) => {
  expect(changed(from, to)).toThrow(message);
  const line = from === 'id: yjj' ? lineOf('id: wjw') : lineOf(from);
  expect(changed(from, to)).toThrow(`line ${line}: `);
});

it('says the line of what has the wrong shape', () => {
  expect(changed('kind: rate, measure: push_claim', 'kind: 7, measure: push_claim')).toThrow(
    new RegExp(`line ${lineOf('measure: push_claim')}: /items/1/parts/0/kind`),
  );
});
