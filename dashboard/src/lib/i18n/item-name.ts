import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** What the rule set calls an item. */
export interface NamedItem {
  item: string;
  name: string;
  name_en: string;
}

/** Short name of a scoring item, made for columns; one that we have no text for goes by the name its rule set gives it. */
export function itemName(locale: Locale, { item, name, name_en }: NamedItem): string {
  const key = `item.${item}.short`;
  if (isMessageKey(key)) return translate(locale, key);
  return (locale === 'en' ? name_en : name) || item;
}
