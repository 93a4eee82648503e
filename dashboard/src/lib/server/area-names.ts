/** What areas are called, for pages: names in the reader's language, the code where nobody gave one. */
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

export function areaNames(locals: App.Locals): AreaName {
  const english = locals.locale === 'en';
  const names = new Map(areasOf(locals).map(({ code, zh, en }) => [code, (english && en) || zh]));
  return (code) => names.get(code) ?? code;
}
