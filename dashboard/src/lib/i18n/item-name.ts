import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** Name of a scoring item; one that we have no text for goes by what the rule set calls it, at the least its id. */
export function itemName(locale: Locale, item: string, given?: string): string {
  const key = `item.${item}.short`;
  return isMessageKey(key) ? translate(locale, key) : (given ?? item);
}
