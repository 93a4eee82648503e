/** The names by which tables call a unit, as people add and remove them: `departments.csv` of the office. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { fold } from '../cells/cell.ts';
import { type Alias, aliasesFile, type NamedUnit, readAliases, UnitNames, UnitNamesError } from './unit-names.ts';

type Line = Pick<Alias, 'unit' | 'alias'>;

/** @throws UnitNamesError where the file is not as it should be */
export function rememberedAliases(dataDir: string): Line[] {
  const file = aliasesFile(dataDir);
  return existsSync(file) ? readAliases(file).map(({ unit, alias }) => ({ unit, alias })) : [];
}

/**
 * From now on tables call the unit by this name too. A name that is known already is left as it is.
 * @throws UnitNamesError where it is the name of another unit, or the file is not as it should be
 */
export function rememberAlias(units: readonly NamedUnit[], dataDir: string, unit: string, alias: string): void {
  const known = new UnitNames(units, dataDir).find(alias);
  if (known === unit) return;
  if (known !== undefined) throw new UnitNamesError(`"${alias}" stands for the unit ${known} already.`);
  write(dataDir, [...rememberedAliases(dataDir), { unit, alias }]);
}

/** @throws UnitNamesError where the file is not as it should be */
export function forgetAlias(dataDir: string, unit: string, alias: string): void {
  const before = rememberedAliases(dataDir);
  const left = before.filter((line) => line.unit !== unit || fold(line.alias) !== fold(alias));
  if (left.length < before.length) write(dataDir, left);
}

/** Whole or not at all: other processes read it at any moment. */
function write(dataDir: string, lines: readonly Line[]): void {
  const file = aliasesFile(dataDir);
  const aside = `${file}.${process.pid}.new`;
  const text = lines.map(({ unit, alias }) => `${field(unit)},${field(alias)}\n`).join('');
  writeFileSync(aside, `\ufeffunit,alias\n${text}`);
  renameSync(aside, file);
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
