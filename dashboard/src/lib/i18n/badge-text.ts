import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** A badge and what it means: "基数小：…"; one that we have no text for by its id. */
export function badgeText(locale: Locale, badge: string): string {
  const [name, meaning] = [`badge.${badge}`, `badge.${badge}.meaning`];
  if (!isMessageKey(name) || !isMessageKey(meaning)) return badge;
  return `${translate(locale, name)}${locale === 'en' ? ': ' : '：'}${translate(locale, meaning)}`;
}
