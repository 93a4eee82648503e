/** What areas are called, for pages, in the reader's language: as the registry says, else as the product knows them, else the code. */
import { loadAreas } from '@hengjian/models/areas/load-areas.ts';
import type { Area } from '@hengjian/models/registries/area.ts';
import { AreasError, readAreas } from '@hengjian/models/registries/read-areas.ts';

export type AreaName = (code: string) => string;

export function areasOf({ parts, ruleset }: App.Locals): Area[] {
  try {
    return readAreas(parts.environment.dataDir, parts.acts.project(ruleset).ruleSet.data.units);
  } catch (error) {
    if (!(error instanceof AreasError)) throw error;
    // Pages go on with codes; whoever keeps the registry is told there.
    parts.logger.warn({ err: error }, 'the areas cannot be read');
    return [];
  }
}

/** For pages, by code. */
export const namesOf = (codes: readonly string[], areaName: AreaName): Record<string, string> =>
  Object.fromEntries([...new Set(codes)].map((code) => [code, areaName(code)]));

export function areaNames(locals: App.Locals): AreaName {
  const english = locals.locale === 'en';
  const names = new Map(areasOf(locals).map(({ code, zh, en }) => [code, (english && en) || zh]));
  const known = loadAreas(locals.parts.environment.dataDir);
  return (code) => names.get(code) ?? known.get(code)?.[english ? 'en' : 'zh'] ?? code;
}
