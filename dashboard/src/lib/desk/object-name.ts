import { visibleLine } from '@hengjian/contract/visible-text.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';

/** What a key of a row means where it is a word of the rules (a library, a plan, the n-th of N); else the key, which is a number of somebody. */
export function objectName(locale: Locale, key: string): string {
  const word = `desk.key.${key}`;
  if (isMessageKey(word)) return translate(locale, word);
  const [, n, of] = /^(\d+)\/(\d+)$/.exec(key) ?? [];
  return n && of ? translate(locale, 'desk.key.nth', { n, of }) : visibleLine(key);
}
