import { loadAreas } from '@hengjian/models/areas/load-areas.ts';

/** Names areas in the reader's language; a code without a name stays as it is. */
export function areaNamer({ parts, locale }: Pick<App.Locals, 'parts' | 'locale'>): (code: string) => string {
  const areas = loadAreas(parts.environment.dataDir);
  return (code) => areas.get(code)?.[locale === 'en' ? 'en' : 'zh'] ?? code;
}
