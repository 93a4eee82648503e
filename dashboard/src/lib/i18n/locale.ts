export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** The reader's choice, else the browser's first language if it is one of ours, else Chinese. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (cookie === 'zh-CN' || cookie === 'en') return cookie;
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh-CN';
}
