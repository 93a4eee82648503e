/** Language of what a command prints for people: Chinese where the locale says so, else English. */
export type Language = 'zh' | 'en';

export function languageOf(env: NodeJS.ProcessEnv = process.env): Language {
  return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en';
}
