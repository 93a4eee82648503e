import { unitsWithPower } from '@hengjian/models/draw/task/hold-power.ts';

export interface NamedUnit {
  id: string;
  name: string;
  /** May inspect (国办发〔2024〕54号). */
  power: boolean;
  /** Fields of supervision, in words. */
  fields: string[];
}

/** The units of the rule set in the reader’s language. */
export function namedUnits({ parts, ruleset, locale }: App.Locals): NamedUnit[] {
  const { units } = parts.acts.project(ruleset).ruleSet.data;
  const powerful = new Set(unitsWithPower(units).map(({ id }) => id));
  return units.map(({ id, name, en, areas = [] }) => ({
    id,
    name: (locale === 'en' && en) || name,
    power: powerful.has(id),
    fields: areas,
  }));
}
