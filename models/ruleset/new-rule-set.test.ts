import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { diffRuleSets } from './diff-rule-sets.ts';
import { findRuleSet } from './load-rule-sets.ts';
import { newRuleSet } from './new-rule-set.ts';
import { readWorkedExamples } from './worked-examples.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-new-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it.each(['nantong-etdz', 'nanjing'])(
  'a copy of %s is a rule set of its own that differs in id and version only',
  (id) => {
    const from = findRuleSet(id);
    const [file] = newRuleSet(`own-${id}`, from, dataDir);
    expect(readFileSync(file!, 'utf8')).toContain(`id: own-${id}\n`);
    const own = findRuleSet(`own-${id}`, dataDir);
    expect(diffRuleSets(from, own).map((line) => line.split(':')[0])).toEqual(['id', 'version']);
  },
);

it('brings the worked examples along', () => {
  const [, examples] = newRuleSet('with-examples', findRuleSet('baoshan'), dataDir);
  expect(readWorkedExamples(examples!)).toHaveLength(1);
});

it('writes over nothing and refuses what is no id', () => {
  newRuleSet('once', findRuleSet('national'), dataDir);
  expect(() => newRuleSet('once', findRuleSet('national'), dataDir)).toThrow(/once\.yaml .*it is there already/);
  expect(() => newRuleSet('../x', findRuleSet('national'), dataDir)).toThrow(/an id has 1 to 64 letters/);
});
