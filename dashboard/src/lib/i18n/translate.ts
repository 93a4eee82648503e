import { visibleText } from '@hengjian/contract/visible-text.ts';
import { catalogue, type MessageKey } from './catalogue.ts';
import type { Locale } from './locale.ts';

export type MessageParams = Record<string, string | number>;

/** The text of a key with its `{name}` places filled in, what is invisible in them made visible; for server code, which has `event.locals.locale`. */
export function translate(locale: Locale, key: MessageKey, params: MessageParams = {}): string {
  const text = catalogue[key][locale === 'en' ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (place, name: string) => visibleText(String(params[name] ?? place)));
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(catalogue, key);
}
