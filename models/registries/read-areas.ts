/** The areas of an office: `areas.csv` in its data directory, and those that the units of a rule set stand for. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { RuleSetUnit } from '../ruleset/schema.ts';
import type { Area } from './area.ts';
import { areaProblem } from './area-problem.ts';

export const areasFile = (dataDir: string): string => join(dataDir, 'areas.csv');

export const AREA_MEMBERS = ['code', 'zh', 'en', 'parent', 'from', 'to'] as const;

export class AreasError extends Error {}

/** In the order of the file. @throws AreasError naming the line that is wrong */
export function readAreasFile(dataDir: string): Area[] {
  const file = areasFile(dataDir);
  if (!existsSync(file)) return [];
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    records = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
      relax_column_count_less: true,
    });
  } catch (error) {
    throw new AreasError(`${file} cannot be read as CSV in UTF-8: ${(error as Error).message}.`);
  }
  const areas: Area[] = [];
  for (const { record, info } of records) {
    // What a spreadsheet must not take for a number or a formula is written with a mark before it.
    const {
      code = '',
      zh = '',
      en = '',
      parent = '',
      from = '',
      to = '',
    } = Object.fromEntries(Object.entries(record).map(([name, text]) => [name, text.replace(/^'/, '')]));
    const area = { code, zh, en, parent, from, to };
    const problem = areaProblem(area, areas);
    if (problem) throw new AreasError(`${file}:${info.lines}: ${problem.member}: ${problem.reason}.`);
    areas.push(area);
  }
  return areas;
}

/**
 * Those of the file, then those that a unit alone stands for and the file does not name.
 * @throws AreasError naming the line that is wrong
 */
export function readAreas(dataDir: string, units: readonly RuleSetUnit[]): Area[] {
  const named = readAreasFile(dataDir);
  const known = new Set(named.map(({ code }) => code));
  const ofUnits = units.flatMap(({ name, en = '', regions = [], from, to }) =>
    regions.length === 1 && !known.has(regions[0]!)
      ? [{ code: regions[0]!, zh: name, en, parent: '', from: from ?? '', to: to ?? '' }]
      : [],
  );
  return [...named, ...ofUnits];
}
