import { describe, expect, it } from 'vitest';
import { parseRuleSet } from './rule-set.ts';
import { RATES } from './testing/small-rule-set.ts';

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
    ['name: 甲,', 'name: 甲, departments: [{ id: b, name: 乙局 }],', /department b of unit a is a unit itself/],
    ['name: 甲,', 'name: 甲, departments: [{ id: x, name: 一 }, { id: x, name: 二 }],', /department x stands twice/],
    ['parameters: {}', 'parameters: { claim.deadlineWorkdays: [{ value: 2 }, { value: 3 }] }', /must rise/],
  ])('with %s → %s', (from, to, message) => {
    const text = RATES.replaceAll('followup_promised', 'claim').replace(/parameters: .*/, 'parameters: {}');
    expect(() => parseRuleSet(text, 'rates.yaml')).not.toThrow();
    expect(() => parseRuleSet(text.replace(from, to), 'rates.yaml')).toThrow(message);
  });
});
