import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRuleSets } from '../ruleset/load-rule-sets.ts';
import type { Area } from './area.ts';
import { areaProblem } from './area-problem.ts';
import { AreasError, areasFile, readAreas, readAreasFile } from './read-areas.ts';
import { removeArea, saveArea } from './save-area.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hengjian-areas-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const area = (changes: Partial<Area> = {}): Area => ({
  code: '320671001',
  zh: '第一街道',
  en: 'First Subdistrict',
  parent: '320671',
  from: '2025-01-01',
  to: '',
  ...changes,
});

test('what is saved is read back, in the place of what had the code before', () => {
  expect(readAreasFile(dataDir)).toEqual([]);
  saveArea(dataDir, area());
  saveArea(dataDir, area({ code: '320671002', zh: '第二街道，“新”', en: '', parent: '' }));
  // A spreadsheet would show a code of twelve digits as 3.20671E+11.
  saveArea(dataDir, area({ code: '320671001001', zh: '第一社区', parent: '320671001' }));
  expect(readAreasFile(dataDir).at(-1)!.code).toBe('320671001001');
  expect(removeArea(dataDir, '320671001001')).toBe(true);
  saveArea(dataDir, area({ to: '2026-12-31' }));
  expect(readAreasFile(dataDir)).toEqual([
    area({ to: '2026-12-31' }),
    area({ code: '320671002', zh: '第二街道，“新”', en: '', parent: '' }),
  ]);
  expect([removeArea(dataDir, '320671001'), removeArea(dataDir, '320671001')]).toEqual([true, false]);
  expect(readAreasFile(dataDir).map(({ code }) => code)).toEqual(['320671002']);
  // Spreadsheets read it as UTF-8.
  expect(readFileSync(areasFile(dataDir)).subarray(0, 3).toString('hex')).toBe('efbbbf');
});

test('a unit that stands for one area names it, unless the office does', () => {
  const { units } = loadRuleSets().get('baoshan')!.data;
  const named = () => new Map(readAreas(dataDir, units).map(({ code, zh, en }) => [code, [zh, en]]));
  expect(named().get('530502')).toEqual(['隆阳区', 'Longyang']);
  saveArea(dataDir, area({ code: '530502', zh: '隆阳', en: '' }));
  expect(named().get('530502')).toEqual(['隆阳', '']);
});

test('what is wrong is named with its line', () => {
  writeFileSync(areasFile(dataDir), 'code,zh\n320671001,甲\n320671001,乙\n');
  expect(() => readAreasFile(dataDir)).toThrow(AreasError);
  expect(() => readAreasFile(dataDir)).toThrow(/areas\.csv:3: code: named before/);
  writeFileSync(areasFile(dataDir), Buffer.from('code,zh\n1,\xff\n', 'latin1'));
  expect(() => readAreasFile(dataDir)).toThrow(/UTF-8/);
});

test.each([
  [{ code: 'a b' }, 'code', 'not an area code'],
  [{ zh: '' }, 'zh', 'missing'],
  [{ en: 'x'.repeat(61) }, 'en', 'too long'],
  [{ parent: '320671001' }, 'parent', 'part of itself'],
  [{ from: '2025-02-30' }, 'from', 'not a day'],
  [{ to: '2024-12-31' }, 'to', 'before the first day'],
] as const)('%o is wrong', (changes, member, reason) => {
  expect(areaProblem(area(changes))).toEqual({ member, reason });
});

test('units of the rule sets of the product have names in both languages', () => {
  for (const { id, data } of loadRuleSets().values())
    expect([id, data.units.filter(({ en }) => !en || /\p{Script=Han}/u.test(en)).map((unit) => unit.id)]).toEqual([
      id,
      [],
    ]);
});
