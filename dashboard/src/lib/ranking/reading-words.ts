import type { Locale } from '../i18n/locale.ts';
import { isMessageKey, translate } from '../i18n/translate.ts';

/** A parameter of the rules and one of its values in words; what has no words goes by its name. */
export function readingWords(locale: Locale, parameter: string, value: string): { parameter: string; value: string } {
  const say = (key: string, name: string) => (isMessageKey(key) ? translate(locale, key) : name);
  return {
    parameter: say(`reading.${parameter}`, parameter),
    value: say(`reading.${parameter}.${value}`, value),
  };
}
