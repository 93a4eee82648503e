import { statisticText } from '@hengjian/contract/statistic-text.ts';

/** "12 KB", "3.4 MB": powers of 1,024, as file managers show them. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${statisticText(bytes / 1024 / 1024, 1)} MB`;
}
