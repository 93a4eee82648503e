import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { findRuleSet } from './load-rule-sets.ts';
import { ruleSetOn, versionsOf } from './rule-set.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-versions-'));
const directory = join(dataDir, 'rulesets');
beforeEach(() => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function write(name: string, version: string, from: string | null, to: string | null, days: string): void {
  writeFileSync(
    join(directory, `${name}.yaml`),
    `id: city
version: "${version}"
name: { zh: 示例市, en: Example }
source: 示例文件
in_force: { from: ${from}, to: ${to} }
badges: { small_n: 10 }
parameters: { claim.deadlineWorkdays: ${days} }
items:
  - { id: claim, name: { zh: 认领, en: Claims }, duty: [licence], clause: 示例 一, parts: [{ id: rate, kind: rate, measure: push_claim, clause: 示例 一 }] }
units:
  - { id: a, name: 甲局, duties: [licence] }
`,
  );
}

const on = (day: string) => {
  const { version, parameters } = ruleSetOn(findRuleSet('city', dataDir), day);
  return [version, parameters['claim.deadlineWorkdays']];
};

test('each day has the version in force then, and its parameters; before the first, the first', () => {
  write('later', '2', '2025-07-01', null, '2');
  write('earlier', '1', '2024-01-01', '2025-06-30', '[{ value: 5 }, { from: 2025-04-01, value: 4 }]');
  expect(versionsOf(findRuleSet('city', dataDir)).map(({ version }) => version)).toEqual(['1', '2']);
  expect([on('2020-01-01'), on('2025-03-31'), on('2025-06-30'), on('2025-07-01')]).toEqual([
    ['1', 5],
    ['1', 5],
    ['1', 4],
    ['2', 2],
  ]);
});

test('a rule set in one file has no versions', () => {
  write('only', '1', null, null, '5');
  expect(findRuleSet('city', dataDir)).not.toHaveProperty('versions');
});

test('two versions that hold on the same day are refused, each by its file', () => {
  write('a', '1', null, '2025-07-01', '5');
  write('b', '2', '2025-07-01', null, '2');
  expect(() => findRuleSet('city', dataDir)).toThrow(/b\.yaml.*in force from 2025-07-01.*a\.yaml.*until 2025-07-01/s);
  write('a', '1', '2025-07-01', null, '5');
  expect(() => findRuleSet('city', dataDir)).toThrow(/another file .* has the id city too/);
});
