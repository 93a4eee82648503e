import { describe, expect, it } from 'vitest';
import { parseRuleSet } from './rule-set.ts';

const HEAD = `version: "1"
name: { zh: 例, en: Example }
source: test
in_force: { from: null, to: null }
badges: { small_n: 10 }
units:
  - { id: a, name: 甲, duties: [licence] }
  - { id: b, name: 乙, duties: [licence] }
  - { id: c, name: 丙, duties: [licence] }
  - { id: d, name: 丁, duties: [licence] }
`;
const RATES = `id: rates
${HEAD}
parameters: { quick.deadlineWorkdays: 2 }
items:
  - { id: quick, name: { zh: 快, en: Quick }, duty: [licence], clause: 一, parts: [{ id: rate, kind: rate, measure: followup_promised, clause: 一 }] }
  - { id: ever, name: { zh: 曾, en: Ever }, duty: [licence], clause: 二, parts: [{ id: rate, kind: rate, measure: followup_promised, complete: true, clause: 二 }] }
`;

describe('a rule set is refused', () => {
  it.each([
    ['kind: rate', 'kind: ratio', /part rate of item \w+ needs points/],
    ['duties: [licence] }', 'duties: [licnce] }', /no item and no measure asks for the duty licnce/],
    ['measure: claim', 'measure: claims', /names the measure claims; measures are .*claim/],
    ['kind: rate', 'kind: rates', /has the kind rates; kinds are .*ratio/],
    ['clause: 一 }]', 'clause: 一, threshold: 0.5 }]', /has threshold, which a part of kind rate does not know/],
    [
      'clause: 一 }]',
      'clause: 一, lost: { missed: absent } }]',
      /names the lost kind absent; those of claim are unclaimed, claimed_late/,
    ],
    ['parameters: {}', 'parameters: { claim.deadlineWorkdays: [{ value: 2 }, { value: 3 }] }', /must rise/],
  ])('with %s → %s', (from, to, message) => {
    const text = RATES.replaceAll('followup_promised', 'claim').replace(/parameters: .*/, 'parameters: {}');
    expect(() => parseRuleSet(text, 'rates.yaml')).not.toThrow();
    expect(() => parseRuleSet(text.replace(from, to), 'rates.yaml')).toThrow(message);
  });
});
