import { type UnitName, unitName } from '#lib/entries/unit-name.ts';
import { listText } from '#lib/i18n/list-text.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

/** To what an account or a key is limited, in words. */
export function scopeText(
  locale: Locale,
  names: readonly UnitName[],
  { units, areas }: { units: readonly string[]; areas: readonly string[] },
): string {
  const all = [...units.map((unit) => unitName(names, unit)), ...areas];
  return all.length > 0 ? listText(locale, all) : translate(locale, 'admin.everything');
}
