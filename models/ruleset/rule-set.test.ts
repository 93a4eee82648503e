import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { diffRuleSets } from './diff-rule-sets.ts';
import { findRuleSet, loadRuleSets } from './load-rule-sets.ts';
import { parseRuleSet, withParameters } from './rule-set.ts';

const nantong = findRuleSet('nantong-etdz');
const changed = (from: string | RegExp, to: string) => parseRuleSet(nantong.text.replace(from, to), 'office.yaml');
const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

describe('nantong-etdz', () => {
  it('has ten items of 100 points and fourteen units', () => {
    expect(nantong.data.items).toHaveLength(10);
    expect(nantong.data.units).toHaveLength(14);
    expect(nantong.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('parseRuleSet', () => {
  it.each<[string | RegExp, string, RegExp]>([
    [
      'claim.deadlineWorkdays: 5',
      'claim.deadlineWorkdays: soon',
      /claim\.deadlineWorkdays is "soon"; it must be a whole number/,
    ],
    ['timely.mode: share', 'timely.mode: never', /timely\.mode is "never"; it must be one of "share", "all"/],
    ['zeroDue: full', 'zeroDo: full', /parameter zeroDo is unknown/],
    [
      'weight: 15',
      'weight: 14',
      /parts of item dishonest give 15 points, its weight is 14.*weights of all items give 99, not 100/s,
    ],
    ['id: xzsp', 'id: scjg', /unit scjg stands twice/],
    [
      'steps: [[0, 0], [1, 3], [2, 6]]',
      'steps: [[0, 0], [1, 3], [2, 5]]',
      /part draws of item dr_joint must give its 6 points at the last step/,
    ],
    ['threshold: 0.9', 'limit: 0.9', /additional properties/],
    ['id: nantong-etdz', 'id: [', /not YAML/],
  ])('refuses %s → %s, naming file and reason', (from, to, message) => {
    expect(() => changed(from, to)).toThrow(message);
    expect(() => changed(from, to)).toThrow(/office\.yaml/);
  });
});

describe('hash', () => {
  it('is of the exact text: a comment changes it, and so does an overridden parameter', () => {
    expect(changed('id: nantong-etdz', '# note\nid: nantong-etdz').hash).not.toBe(nantong.hash);
    expect(withParameters(nantong, { 'timely.mode': 'all' }).hash).not.toBe(nantong.hash);
    expect(withParameters(nantong, {}).hash).toBe(nantong.hash);
  });
});

describe('diffRuleSets', () => {
  it('names each change', () => {
    expect(diffRuleSets(nantong, nantong)).toEqual([]);
    expect(diffRuleSets(nantong, changed('claim.deadlineWorkdays: 5', 'claim.deadlineWorkdays: 3'))).toEqual([
      'parameters.claim.deadlineWorkdays: 5 → 3',
    ]);
  });

  it('names the days on which a parameter changes, where both are compared for all days', () => {
    const later = changed(
      'claim.deadlineWorkdays: 5',
      'claim.deadlineWorkdays: [{ value: 5 }, { from: 2025-07-01, value: 3 }]',
    );
    expect(diffRuleSets(nantong, later, { days: true })).toEqual([
      'parameters.claim.deadlineWorkdays: 5 → "5, from 2025-07-01 3"',
    ]);
  });
});

describe('an office’s own rule sets', () => {
  it('stand beside those of the product; two files of one id are refused', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-rulesets-'));
    directories.push(dataDir);
    mkdirSync(join(dataDir, 'rulesets'));
    writeFileSync(join(dataDir, 'rulesets', 'own.yaml'), nantong.text.replace('id: nantong-etdz', 'id: own'));
    expect([...loadRuleSets(dataDir).keys()].sort()).toEqual([...loadRuleSets().keys(), 'own'].sort());
    expect(() => findRuleSet('other', dataDir)).toThrow(/no rule set has this id; at hand are .*nantong-etdz.*, own/);
    writeFileSync(join(dataDir, 'rulesets', 'twice.yaml'), nantong.text.replace('id: nantong-etdz', 'id: own'));
    expect(() => loadRuleSets(dataDir)).toThrow(/another file .* has the id own too/);
    rmSync(join(dataDir, 'rulesets', 'twice.yaml'));
    writeFileSync(join(dataDir, 'rulesets', 'own.yaml'), 'id: own\nversion: 1');
    expect(findRuleSet('nantong-etdz', dataDir).hash).toBe(nantong.hash);
    expect(() => findRuleSet('own', dataDir)).toThrow(/own\.yaml is not a usable rule set/);
    writeFileSync(join(dataDir, 'rulesets', 'own.yaml'), 'id: nantong-etdz\nversion: 1');
    expect(() => findRuleSet('nantong-etdz', dataDir)).toThrow(/own\.yaml is not a usable rule set/);
  });
});
