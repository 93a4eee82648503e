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
    [
      'parameters: {}',
      'parameters: { records: [penaltyx.entered] }',
      /records names penaltyx.entered, which is no event type/,
    ],
    [
      'parameters: {}',
      'parameters: { records: [penalty.entered], publish.types: [licence.entered] }',
      /publish.types names licence.entered, which is none of `records`/,
    ],
    [
      'parameters: {}',
      'parameters: { records: [penalty.entered, honour.entered], backfill.otherClasses: [honour.entered, licnce] }',
      /backfill.otherClasses names licnce, which is no class of `records`/,
    ],
    [
      'parameters: {}',
      'parameters: { libraries.laterUnits: [a, A] }',
      /libraries.laterUnits names A, which is no unit/,
    ],
    [
      'measure: claim',
      'measure: record_entry',
      /counts record_entry, which counts nothing unless the parameter records/,
    ],
    ['name: 甲,', 'name: 甲, from: 2025-13-45,', /unit a has 2025-13-45, which is no day/],
    ['duties: [licence] }', 'duties: [{ duty: licence, to: 2025-02-30 }] }', /duty licence of unit a has 2025-02-30/],
    [
      'name: 甲,',
      'name: 甲, from: 2025-07-01, to: 2025-06-30,',
      /unit a is from 2025-07-01 to 2025-06-30, which is before it/,
    ],
    ['from: null, to: null', 'from: 2025-07-01, to: 2025-01-01', /in_force is from 2025-07-01 to 2025-01-01/],
    [
      'parameters: {}',
      'parameters: { claim.deadlineWorkdays: [{ value: 2 }, { from: 2025-13-01, value: 3 }] }',
      /parameter claim.deadlineWorkdays has 2025-13-01/,
    ],
    [
      'items:',
      'tables: [{ id: t, name: { zh: 表, en: T }, clause: 一, items: [quick, quick] }]\nitems:',
      /table t names quick twice/,
    ],
  ])('with %s → %s', (from, to, message) => {
    const text = RATES.replaceAll('followup_promised', 'claim').replace(/parameters: .*/, 'parameters: {}');
    expect(() => parseRuleSet(text, 'rates.yaml')).not.toThrow();
    expect(() => parseRuleSet(text.replace(from, to), 'rates.yaml')).toThrow(message);
  });
});
