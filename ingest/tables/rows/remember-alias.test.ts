import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetAlias, rememberAlias, rememberedAliases } from './remember-alias.ts';
import { aliasesFile, UnitNames, UnitNamesError } from './unit-names.ts';

const UNITS = [
  { id: 'scjg', name: '市场监管局', aliases: ['市监局'] },
  { id: 'czj', name: '财政局', aliases: [] },
];

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hengjian-aliases-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a name that was remembered is found, and not any more once it is forgotten', () => {
  rememberAlias(UNITS, dataDir, 'scjg', '演示区“市场”监管局, "旧"');
  rememberAlias(UNITS, dataDir, 'czj', '演示区财政局');
  expect(new UnitNames(UNITS, dataDir).find('演示区“市场”监管局, "旧"')).toBe('scjg');
  forgetAlias(dataDir, 'scjg', '演示区“市场”监管局, "旧"');
  expect(rememberedAliases(dataDir)).toEqual([{ unit: 'czj', alias: '演示区财政局' }]);
  expect(new UnitNames(UNITS, dataDir).find('演示区“市场”监管局, "旧"')).toBeUndefined();
});

test('a name of another unit is refused, one of the unit itself is left as it is', () => {
  expect(() => rememberAlias(UNITS, dataDir, 'czj', ' 市监局 ')).toThrow(UnitNamesError);
  rememberAlias(UNITS, dataDir, 'scjg', '市监局');
  expect(rememberedAliases(dataDir)).toEqual([]);
});

test('lines that somebody wrote by hand stay', () => {
  writeFileSync(aliasesFile(dataDir), 'unit,alias\nczj,演示财政');
  rememberAlias(UNITS, dataDir, 'czj', '财政所');
  expect(rememberedAliases(dataDir).map(({ alias }) => alias)).toEqual(['演示财政', '财政所']);
});
