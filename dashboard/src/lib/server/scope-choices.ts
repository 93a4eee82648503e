import { knownAreas } from '#accounts/known-areas.ts';
import type { UnitName } from '#lib/entries/unit-name.ts';

/** What an account or a key may be limited to: units of all rule sets at hand, areas that are known. */
export interface ScopeChoices {
  units: UnitName[];
  areas: string[];
}

export async function scopeChoices({ locale, parts }: App.Locals): Promise<ScopeChoices> {
  return { units: scopeUnits({ locale, parts }), areas: await scopeAreas({ parts }) };
}

export function scopeAreas({ parts }: Pick<App.Locals, 'parts'>): Promise<string[]> {
  const units = parts.ruleSets.flatMap(({ id }) => parts.acts.project(id).ruleSet.data.units);
  // A wrong line in a file of areas must keep nobody from disabling an account: pages go on with the areas that can be read.
  return knownAreas(parts.app, parts.environment.dataDir, units, (problem) =>
    parts.logger.warn({ err: problem }, 'the areas cannot be read'),
  );
}

export function scopeUnits({ locale, parts }: Pick<App.Locals, 'locale' | 'parts'>): UnitName[] {
  const units = new Map<string, UnitName>();
  for (const ruleSet of parts.ruleSets)
    for (const { id, name, en } of parts.acts.project(ruleSet.id).ruleSet.data.units)
      if (!units.has(id)) units.set(id, { id, name: (locale === 'en' && en) || name });
  return [...units.values()];
}
