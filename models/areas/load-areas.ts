/** Names of areas and their places on the tile-grid map: the office's own file in the data directory, else the product's. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { CommandError } from '@hengjian/warehouse';
import { parse } from 'yaml';

export interface NamedArea {
  zh: string;
  en: string;
  /** Column from the west and row from the north, from 0; absent: the map finds a place. */
  tile?: [number, number];
}

/** By area code. */
export type AreaNames = ReadonlyMap<string, NamedArea>;

/** @throws CommandError that names the file and everything that is wrong in it */
export function loadAreas(dataDir?: string): AreaNames {
  const own = dataDir && join(dataDir, 'areas.yaml');
  const file = own && existsSync(own) ? own : join(import.meta.dirname, 'areas.yaml');
  return parseAreas(readFileSync(file, 'utf8'), file);
}

/** @throws CommandError */
export function parseAreas(text: string, file: string): AreaNames {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw unusable(file, [`it is not YAML (${(error as Error).message.split('\n')[0]})`]);
  }
  const areas = (data as { areas?: unknown } | null)?.areas;
  if (typeof areas !== 'object' || areas === null || Array.isArray(areas))
    throw unusable(file, ['it needs a map "areas" from code to names']);
  const problems = Object.entries(areas).flatMap(([code, entry]) => problemsOf(code, entry));
  const taken = Object.values(areas as Record<string, NamedArea>).flatMap(({ tile }) => (tile ? [String(tile)] : []));
  for (const tile of new Set(taken.filter((one, index) => taken.indexOf(one) !== index)))
    problems.push(`two areas stand on tile ${tile}`);
  if (problems.length > 0) throw unusable(file, problems);
  return new Map(Object.entries(areas as Record<string, NamedArea>));
}

function problemsOf(code: string, entry: unknown): string[] {
  if (!isAreaCode(code)) return [`${code} is no area code`];
  const { zh, en, tile } = (entry ?? {}) as Partial<Record<keyof NamedArea, unknown>>;
  const problems: string[] = [];
  for (const [language, name] of Object.entries({ zh, en }))
    if (typeof name !== 'string' || name.trim() === '') problems.push(`${code} has no name in ${language}`);
  const isPlace = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 40;
  if (tile !== undefined && !(Array.isArray(tile) && tile.length === 2 && tile.every(isPlace)))
    problems.push(`${code}: tile must be [column, row], whole numbers from 0 to 39`);
  return problems;
}

function unusable(file: string, problems: readonly string[]): CommandError {
  return new CommandError(`${file} holds no usable areas: ${problems.slice(0, 8).join('; ')}.`);
}
