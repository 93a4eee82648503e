/** Which unit an organ is: by the units of the rule set and the aliases of the office (office-files §2). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { cellText, fold } from '../cells/cell.ts';

/** A unit of the rule set, as the import needs it. */
export interface NamedUnit {
  id: string;
  name: string;
  aliases: readonly string[];
}

export const aliasesFile = (dataDir: string): string => join(dataDir, 'departments.csv');

export class UnitNamesError extends Error {}

export class UnitNames {
  readonly #units = new Map<string, string>();

  /** @throws UnitNamesError where one name stands for two units, or `departments.csv` is not as it should be */
  constructor(units: readonly NamedUnit[], dataDir?: string) {
    for (const { id, name, aliases } of units)
      for (const text of [id, name, ...aliases]) this.#add(text, id, 'the rule set');
    const file = dataDir && aliasesFile(dataDir);
    if (file && existsSync(file))
      for (const { unit, alias, line } of readAliases(file)) this.#add(alias, unit, `${file}:${line}`);
  }

  find(text: string): string | undefined {
    return this.#units.get(fold(text));
  }

  #add(text: string, id: string, where: string): void {
    // As a cell that holds it is read.
    const key = fold(cellText(text));
    const before = this.#units.get(key);
    if (before !== undefined && before !== id)
      throw new UnitNamesError(
        `${where}: "${text}" stands for the unit ${id} and for ${before}; one name has one unit.`,
      );
    this.#units.set(key, id);
  }
}

export interface Alias {
  unit: string;
  alias: string;
  line: number;
}

/** @throws UnitNamesError where the file is not as it should be */
export function readAliases(file: string): Alias[] {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    records = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch (error) {
    throw new UnitNamesError(`${file} cannot be read as CSV in UTF-8: ${(error as Error).message}.`);
  }
  return records.map(({ record, info }) => {
    const { unit, alias } = record;
    if (!unit || !alias)
      throw new UnitNamesError(`${file}:${info.lines} lacks a unit or an alias; the header is "unit,alias".`);
    return { unit, alias, line: info.lines };
  });
}
