/** What areas, units and items are called in lists on a terminal, with the code beside. */
import type { Environment } from '@hengjian/warehouse';
import { loadAreas } from '../areas/load-areas.ts';
import { readAreas } from '../registries/read-areas.ts';
import { loadProject } from '../runner/project.ts';
import type { Language } from './language.ts';

export interface PlaceNames {
  area(code: string): string;
  unit(id: string): string;
  item(id: string): string;
}

/** @param environment `asked`: another rule set than the default one. @throws CommandError, AreasError or RuleSetError where the data directory holds a registry or rule set that cannot be read */
export function placeNames(
  environment: Pick<Environment, 'dataDir' | 'ruleset'> & { asked?: string | undefined },
  language: Language,
): PlaceNames {
  const { units, items } = loadProject(environment).ruleSet.data;
  const english = language === 'en';
  const known = [...loadAreas(environment.dataDir)].map(([code, { zh, en }]) => ({ code, zh, en }));
  const areas = new Map(
    [...known, ...readAreas(environment.dataDir, units)].map(({ code, zh, en }) => [code, (english && en) || zh]),
  );
  const called = new Map(units.map(({ id, name, en }) => [id, (english && en) || name]));
  const scored = new Map(items.map(({ id, name }) => [id, (english && name.en) || name.zh]));
  const beside = (names: ReadonlyMap<string, string>) => (code: string) =>
    names.get(code) ? `${names.get(code)} ${code}` : code;
  return { area: beside(areas), unit: beside(called), item: beside(scored) };
}
