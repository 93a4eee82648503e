import { RESULT_CODES } from '@hengjian/models/inspections/result-codes.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';

/** A member of an event in words: its name, and its value where that is a code. */
export function factText(locale: Locale, [name, value]: readonly [string, string]): { name: string; value: string } {
  const key = `subjects.fact.${name}`;
  return { name: isMessageKey(key) ? translate(locale, key) : name, value: valueText(locale, name, value) };
}

function valueText(locale: Locale, name: string, value: string): string {
  if (name === 'codes') return listOf(locale, value, (code) => codeText(locale, code));
  if (name === 'reasons') return listOf(locale, value, String);
  const key = `subjects.value.${value}`;
  return isMessageKey(key) ? translate(locale, key) : value;
}

/** @param value JSON of an array; anything else stays as it is */
function listOf(locale: Locale, value: string, word: (one: unknown) => string): string {
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    return value;
  }
  return Array.isArray(list) ? list.map(word).join(locale === 'en' ? '; ' : '；') : value;
}

function codeText(locale: Locale, code: unknown): string {
  const known = RESULT_CODES.find((one) => one.code === code);
  return known ? known.name[locale === 'en' ? 'en' : 'zh'] : String(code);
}
