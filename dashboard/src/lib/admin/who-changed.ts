import type { MessageKey } from '#lib/i18n/catalogue.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';

/** Who made a change: an account by its name, anything else in words. */
export function whoChanged(locale: Locale, by: string): string {
  if (by.startsWith('account:')) return by.slice('account:'.length);
  const key = `accounts.by.${by}`;
  return isMessageKey(key) ? translate(locale, key as MessageKey) : by;
}
