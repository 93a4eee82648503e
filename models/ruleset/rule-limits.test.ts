import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ruleLimits } from './rule-limits.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-limits-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('附件2-1: 未录入的区分部门酌情扣分 (5), 开展抽查以6分为限酌情得分', () => {
  expect(ruleLimits({})).toEqual({ marks: { unlicensed: 5, dr_single: 6 }, regional: [], publishers: [], alone: [] });
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

test('保山 goes by areas, in 南京 the 市工商局 publishes for all; where every unit publishes its own, nobody does', () => {
  const { regional, publishers, alone } = ruleLimits({ ruleset: 'nanjing, baoshan, jieshou, national' });
  expect(alone).toEqual(['draw.executed']);
  expect(publishers).toEqual(['gsj']);
  expect(regional.map(({ ruleset }) => ruleset)).toEqual(['baoshan']);
  expect(regional[0]!.units[0]).toEqual({ id: '530502', regions: ['530502'] });
  expect(regional[0]!.units.at(-1)!.regions).toEqual([]);
});

test('units that come and go: once for each set of them in force together', () => {
  const text = readFileSync(new URL('./builtin/baoshan.yaml', import.meta.url), 'utf8');
  const [before, after] = ['to: 2025-03-31', 'from: 2025-04-01'];
  const changed = text
    .replace(/^id: .*$/m, 'id: with-dates')
    .replace('id: park-1,', `id: park-1, ${before},`)
    .replace('id: park-2,', `id: park-2, ${after},`);
  writeFileSync(join(dataDir, 'rulesets', 'with-dates.yaml'), changed);
  const parks = ruleLimits({ dataDir, ruleset: 'with-dates' }).regional.map(({ units }) =>
    units.map(({ id }) => id).filter((id) => id.startsWith('park')),
  );
  expect(parks).toEqual([
    ['park-1', 'park-3'],
    ['park-2', 'park-3'],
  ]);
});
