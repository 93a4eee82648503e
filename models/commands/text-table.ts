/** Aligned columns for a terminal; Chinese characters are two cells wide. */
import { visibleLine } from '@hengjian/contract/visible-text.ts';

export type Align = 'left' | 'right';

export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  const widths = widthsOf(head);
  for (const row of rows) widen(widths, row);
  return [head, ...rows].map((line) => tableLine(line, widths, align)).join('\n');
}

/** In cells of the terminal. */
export const widthsOf = (head: readonly string[]): number[] => head.map((text) => cells(visibleLine(text)));

export function widen(widths: number[], line: readonly string[]): void {
  for (const [column, width] of widths.entries())
    widths[column] = Math.max(width, cells(visibleLine(line[column] ?? '')));
}

/** What an event holds may not break the table. */
export function tableLine(line: readonly string[], widths: readonly number[], align: readonly Align[] = []): string {
  return widths
    .map((width, column) => {
      const text = visibleLine(line[column] ?? '');
      const space = ' '.repeat(Math.max(0, width - cells(text)));
      return align[column] === 'right' ? space + text : text + space;
    })
    .join('  ')
    .trimEnd();
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
