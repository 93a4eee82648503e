import { page } from '$app/state';
import type { MessageKey } from './catalogue.ts';
import type { Locale } from './locale.ts';
import { type MessageParams, translate } from './translate.ts';

/** The reader's language; reactive inside components. */
export function locale(): Locale {
  return page.data.locale ?? 'zh-CN';
}

/** The text of a key in the reader's language; reactive inside components. */
export function t(key: MessageKey, params?: MessageParams): string {
  return translate(locale(), key, params);
}
