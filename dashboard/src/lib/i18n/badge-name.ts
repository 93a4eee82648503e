import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** A badge in words; one that we have no text for by its id. */
export function badgeName(locale: Locale, badge: string): string {
  const key = `badge.${badge}`;
  return isMessageKey(key) ? translate(locale, key) : badge;
}
