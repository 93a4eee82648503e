import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { aliasesFile, type NamedUnit, UnitNames, UnitNamesError } from './unit-names.ts';

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Adds a line to `departments.csv`: from now on tables call the unit by this name too. A name that is known already is left as it is.
 * @throws UnitNamesError where it is the name of another unit, or the file is not as it should be
 */
export function rememberAlias(units: readonly NamedUnit[], dataDir: string, unit: string, alias: string): void {
  const known = new UnitNames(units, dataDir).find(alias);
  if (known === unit) return;
  if (known !== undefined) throw new UnitNamesError(`"${alias}" stands for the unit ${known} already.`);
  const file = aliasesFile(dataDir);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : 'unit,alias\n';
  const joint = before.endsWith('\n') ? '' : '\n';
  // Whole or not at all: other processes read it at any moment.
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, `${before}${joint}${field(unit)},${field(alias)}\n`);
  renameSync(aside, file);
}
