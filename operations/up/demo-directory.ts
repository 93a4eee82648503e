import type { CityId } from '@hengjian/generator';

/** The directory of the demo: apart from the office's own data, so that neither ever mixes with the other. */
export function demoDirectory(dataDir: string, city?: CityId): string {
  return `${dataDir}/demo${city ? `-${city}` : ''}`;
}
