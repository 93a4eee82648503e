/** Aligned columns for a terminal; Chinese characters are two cells wide. */
import { visibleLine } from '@hengjian/contract/visible-text.ts';

export type Align = 'left' | 'right';

export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  // What an event holds may not break the table.
  const lines = [head, ...rows].map((line) => line.map(visibleLine));
  const widths = head.map((_, column) => lines.reduce((most, line) => Math.max(most, cells(line[column] ?? '')), 0));
  return lines
    .map((line) =>
      widths
        .map((width, column) => {
          const text = line[column] ?? '';
          const space = ' '.repeat(width - cells(text));
          return align[column] === 'right' ? space + text : text + space;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
      character,
    )
      ? 2
      : 1;
  return width;
}
