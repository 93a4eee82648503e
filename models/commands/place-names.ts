/** What areas and units are called in lists on a terminal, with the code beside. */
import type { Environment } from '@hengjian/warehouse';
import { loadAreas } from '../areas/load-areas.ts';
import { readAreas } from '../registries/read-areas.ts';
import { loadProject } from '../runner/project.ts';
import type { Language } from './language.ts';

export interface PlaceNames {
  area(code: string): string;
  unit(id: string): string;
}

/** @throws CommandError, AreasError or RuleSetError where the data directory holds a registry or rule set that cannot be read */
export function placeNames(environment: Pick<Environment, 'dataDir' | 'ruleset'>, language: Language): PlaceNames {
  const { units } = loadProject(environment).ruleSet.data;
  const english = language === 'en';
  const known = [...loadAreas(environment.dataDir)].map(([code, { zh, en }]) => ({ code, zh, en }));
  const areas = new Map(
    [...known, ...readAreas(environment.dataDir, units)].map(({ code, zh, en }) => [code, (english && en) || zh]),
  );
  const called = new Map(units.map(({ id, name, en }) => [id, (english && en) || name]));
  const beside = (names: ReadonlyMap<string, string>) => (code: string) =>
    names.get(code) ? `${names.get(code)} ${code}` : code;
  return { area: beside(areas), unit: beside(called) };
}
