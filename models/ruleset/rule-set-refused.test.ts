import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePublishedRuleSet, parseRuleSet } from './rule-set.ts';
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
      /publish.types names licence.entered, which is none of the types under records/,
    ],
    [
      'parameters: {}',
      'parameters: { records: [penalty.entered, honour.entered], backfill.otherClasses: [honour.entered, licnce] }',
      /backfill.otherClasses names licnce, which is no class of the types under records/,
    ],
    [
      'parameters: {}',
      'parameters: { libraries.laterUnits: [a, A] }',
      /libraries.laterUnits names A, which is no unit/,
    ],
    [
      'measure: claim',
      'measure: record_entry',
      /counts record_entry, by which nothing is ever due without a list in parameters under records/,
    ],
    ['name: 甲,', 'name: 甲, from: 2025-13-45,', /unit a has from: 2025-13-45, which is no day/],
    [
      'duties: [licence] }',
      'duties: [{ duty: licence, to: 2025-02-30 }] }',
      /unit a, duty licence: has to: 2025-02-30/,
    ],
    [
      'name: 甲,',
      'name: 甲, from: 2025-07-01, to: 2025-06-30,',
      /unit a begins on 2025-07-01, after it ends on 2025-06-30/,
    ],
    [
      'from: null, to: null',
      'from: 2025-07-01, to: 2025-01-01',
      /in_force begins on 2025-07-01, after it ends on 2025-01-01/,
    ],
    [
      'parameters: {}',
      'parameters: { claim.deadlineWorkdays: [{ value: 2 }, { from: 2025-13-01, value: 3 }] }',
      /parameter claim.deadlineWorkdays has from: 2025-13-01/,
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

/** The text with one replacement, which must have been possible. */
function slipped(id: string, from: string | RegExp, to: string): string {
  const text = readFileSync(new URL(`./builtin/${id}.yaml`, import.meta.url), 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return changed;
}
const lineIn = (text: string, found: string | RegExp) =>
  text.split('\n').findIndex((line) => line.search(found) >= 0) + 1;

describe('a name of something that is not there is refused with line and clause, where it would count nothing', () => {
  it.each([
    [
      'jieshou',
      'penalty.entered,',
      'penaltyx.entered,',
      /parameter records names penaltyx\.entered, which is no event type.*\(item entry reads it\) \(clause: 003 四“/,
    ],
    [
      'jieshou',
      /(publish.types: \[\s+licence.entered,\s+)penalty/,
      '$1penaltyx',
      /parameter publish\.types names penaltyx\.entered, which is none of the types under records/,
    ],
    [
      'jieshou',
      /(?<=records: \[\s+licence.entered,\s+)penalty.entered,/,
      '',
      /parameter publish\.types names penalty\.entered, which is none/,
    ],
    [
      'jieshou',
      'otherClasses: [licence]',
      'otherClasses: [licnce]',
      /parameter backfill\.otherClasses names licnce, which is no class/,
    ],
    [
      'baoshan',
      'laterUnits: ["530502"',
      'laterUnits: ["53O502"',
      /parameter libraries\.laterUnits names 53O502, which is no unit/,
    ],
    [
      'nantong-etdz',
      '  items: { min',
      '  itmes: { min',
      /library itmes is none that events speak of: items, objects, inspectors/,
    ],
    [
      'nantong-etdz',
      'approved_by_legal,',
      'aproved,',
      /library items asks for aproved.*approved_by_legal, approved_by_office/,
    ],
    [
      'nantong-etdz',
      'type: penalty.entered',
      'type: penalty.enterd',
      /register dishonest names penalty\.enterd; registers are of licence/,
    ],
    [
      'nantong-etdz',
      'duty: penalty }',
      'duty: penlty }',
      /register dishonest names the duty penlty, which no unit has/,
    ],
    [
      'nantong-etdz',
      'list: dishonest',
      'list: dishonst',
      /register dishonest names the list dishonst; kinds of list are licence, dishonest/,
    ],
    [
      'nantong-etdz',
      /id: timely(?=,\s+kind: timely,\s+measure: claim)/,
      'id: done',
      /part done of item claim stands twice.*clause: 附件2-1 第2项/,
    ],
    ['baoshan', 'items: [claim, entry', 'items: [claim, claim, entry', /table key4 names claim twice/],
  ] as const)('%s with %s → %s', (id, from, to, message) => {
    const text = slipped(id, from, to);
    expect(() => parseRuleSet(text, 'own.yaml')).toThrow(new RegExp(`line \\d+: ${message.source}`, 's'));
  });

  it('on the line of the name, in a list of many lines', () => {
    const text = slipped('jieshou', 'penalty.entered,', 'penaltyx.entered,');
    expect(() => parseRuleSet(text, 'own.yaml')).toThrow(`line ${lineIn(text, 'penaltyx')}: parameter records`);
  });
});

describe('an item by which nothing could ever be due is refused', () => {
  it.each([
    [
      'jieshou',
      / {2}records: \[[^\]]+\].*\n/,
      '',
      /item entry counts record_entry, by which nothing is ever due without a list in parameters under records \(clause: 003 四/,
    ],
    [
      'jieshou',
      / {2}publish.types: \[[^\]]+\].*\n/,
      '',
      /item publish counts record_publication.* under publish\.types/,
    ],
    [
      'nanjing',
      'claim.buckets: [licensed, unlicensed]',
      'claim.buckets: []',
      /item claim counts push_claim.* under claim\.buckets/,
    ],
    ['nantong-etdz', /libraries:\n( {2}.*\n){3}/, '', /item dr_single counts library.* without libraries/],
    [
      'nantong-etdz',
      /registers:\n( .*\n)+/,
      '',
      /item licence counts licence.* without registers with entries of licence/,
    ],
  ] as const)('%s without %s', (id, from, to, message) => {
    expect(() => parseRuleSet(slipped(id, from, to), 'own.yaml')).toThrow(message);
  });
});

describe('a day that no calendar has, and an end before its beginning, are refused', () => {
  it.each([
    ['in_force: { from: null', 'in_force: { from: 2025-13-01', /in_force has from: 2025-13-01, which is no day/],
    [
      'in_force: { from: null, to: null',
      'in_force: { from: 2025-07-01, to: 2025-01-01',
      /in_force begins on 2025-07-01, after it ends on 2025-01-01/,
    ],
    ['id: fgw,', 'id: fgw, from: 2025-13-45,', /unit fgw has from: 2025-13-45/],
    ['id: fgw,', 'id: fgw, from: 2025-07-01, to: 2025-06-30,', /unit fgw begins on 2025-07-01, after/],
    [
      '[entry, punish] }',
      '[{ duty: entry, from: 2025-02-30 }, punish] }',
      /unit fgw, duty entry: has from: 2025-02-30/,
    ],
    [
      'claim.deadlineWorkdays: 5',
      'claim.deadlineWorkdays: [{ value: 5 }, { from: 2025-02-29, value: 3 }]',
      /parameter claim\.deadlineWorkdays has from: 2025-02-29/,
    ],
    [
      'backfill.to: 2020-06-27',
      'backfill.to: 2010-06-27',
      /parameter backfill\.from is 2014-10-01, after backfill\.to, which is 2010-06-27/,
    ],
  ] as const)('with %s → %s', (from, to, message) => {
    const text = slipped('jieshou', from, to);
    expect(() => parseRuleSet(text, 'own.yaml')).toThrow(new RegExp(`line \\d+: ${message.source}`, 's'));
  });
});

it('what was published by such a text stays readable', () => {
  const text = slipped('jieshou', 'penalty.entered,', 'penaltyx.entered,');
  expect(parsePublishedRuleSet(text, 'as published').id).toBe('jieshou');
  expect(() => parsePublishedRuleSet(slipped('jieshou', 'kind: rate', 'kind: rates'), 'as published')).toThrow(
    /kinds are/,
  );
});

describe('an item that is counted for the holder of its duty is refused', () => {
  it.each([
    ['[register, licence]', /line \d+: item notify counts enterprise_notice.*not register and licence \(clause: 003/],
    ['[]', /line \d+: item notify counts enterprise_notice.*name one duty, not none \(clause: 003/],
  ])('with the duties %s', (duties, message) => {
    const text = slipped('jieshou', /(?<=id: notify\n.*\n +duty: )\[register\]/, duties);
    expect(() => parseRuleSet(text, 'own.yaml')).toThrow(message);
  });
});
