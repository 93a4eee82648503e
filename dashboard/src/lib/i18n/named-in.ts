import type { Locale } from './locale.ts';

interface Named {
  name: string;
  /** '' where the rule set gives none. */
  name_en: string;
}

/** Units and tables of the scores by their names in the language of the page; by the Chinese one where there is no other. */
export function namedIn<T extends Named>(locale: Locale, all: readonly T[]): T[] {
  return all.map((one) => ({ ...one, name: (locale === 'en' && one.name_en) || one.name }));
}
