import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ruleLimits } from './rule-limits.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-limits-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('附件2-1: 未录入的区分部门酌情扣分 (5), 开展抽查以6分为限酌情得分', () => {
  expect(ruleLimits({})).toEqual({ marks: { unlicensed: 5, dr_single: 6 } });
});

test('of several rule sets in use the highest maximum counts, also those of the office itself', () => {
  const text = readFileSync(new URL('./builtin/nantong-etdz.yaml', import.meta.url), 'utf8');
  // The weights make 100: what one item gains another one loses.
  const changes = [
    [/^id: .*$/m, 'id: other-city'],
    [/weight: 15(?=\n {4}duty: \[penalty)/, 'weight: 13'],
    [/points: 15,(?=\n {10}threshold)/, 'points: 13,'],
    [/weight: 5(?=\n {4}duty: \[unlicensed\])/, 'weight: 7'],
    [/points: 5(?=\n {8}steps:)/, 'points: 7'],
    ['[2, 5]]', '[2, 7]]'],
  ] as const;
  let changed = text;
  for (const [from, to] of changes) changed = changed.replace(from, to);
  mkdirSync(join(dataDir, 'rulesets'));
  writeFileSync(join(dataDir, 'rulesets', 'other-city.yaml'), changed);
  expect(ruleLimits({ dataDir, ruleset: 'nantong-etdz, other-city' }).marks).toEqual({ unlicensed: 7, dr_single: 6 });
});

test('a rule set that does not exist is said, rather than letting every mark in', () => {
  expect(() => ruleLimits({ ruleset: 'nowhere' })).toThrow(/nowhere/);
});
