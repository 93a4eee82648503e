import type { Locale } from '#lib/i18n/locale.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';

/** Why a subject is not in the frame, in words. */
export function exclusionName(reason: string, locale: Locale): string {
  const key = `draws.exclusion.${reason}`;
  return isMessageKey(key) ? translate(locale, key) : reason;
}
