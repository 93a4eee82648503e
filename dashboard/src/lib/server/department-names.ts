/** What departments are called, for pages, in the reader's language. */
import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import type { UnitName } from '#lib/entries/unit-name.ts';
import { translate } from '#lib/i18n/translate.ts';

/**
 * The units of the present rule set and the departments that it names for them, the office, then those of the other sets that are kept: one
 * log has events of all of them. Each id once.
 */
export function departmentNames({
  locale,
  parts,
  ruleset,
}: Pick<App.Locals, 'locale' | 'parts' | 'ruleset'>): UnitName[] {
  const names = new Map<string, UnitName>();
  const add = (id: string, name: string) => names.has(id) || names.set(id, { id, name });
  for (const set of [ruleset, ...parts.ruleSets.map(({ id }) => id)]) {
    for (const { departments = [], ...unit } of parts.acts.project(set).ruleSet.data.units)
      for (const { id, name, en } of [unit, ...departments]) add(id, (locale === 'en' && en) || name);
    add(OFFICE_UNIT, translate(locale, 'desk.office'));
  }
  return [...names.values()];
}
