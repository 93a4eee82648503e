/** `key：value` above the header: several in a cell, or the value in the next filled cell (office-files §3). */
import { type Cell, cellText, isFilled } from '../cells/cell.ts';
import type { SheetRow } from '../files/workbook.ts';

/** @param keys column name → its keys @returns the first value of each; those without value are left out */
export function readLines(above: readonly SheetRow[], keys: ReadonlyMap<string, readonly string[]>): Map<string, Cell> {
  const names = new Map([...keys].flatMap(([name, spellings]) => spellings.map((key) => [key, name] as const)));
  const alternatives = [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((key) => [...key].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join(' ?'))
    .join('|');
  const keyed = new RegExp(`(${alternatives}) ?:`, 'g');
  const lone = new RegExp(`^(${alternatives})$`);
  const beginning = new RegExp(`^(?:${alternatives})(?: ?:|$)`);
  const found = new Map<string, Cell>();
  const note = (key: string, value: Cell) => {
    const name = names.get(key.replaceAll(' ', ''))!;
    if (!found.has(name) && isFilled(value)) found.set(name, value);
  };
  for (const { cells } of above) {
    const filled = cells.values().filter(isFilled);
    for (const [index, cell] of filled.entries()) {
      const text = cellText(cell).normalize('NFKC').trim();
      const matches = [...text.matchAll(keyed)];
      const alone = matches.length === 0 ? lone.exec(text)?.[1] : undefined;
      if (alone) note(alone, valueBeside(filled[index + 1], beginning));
      for (const [at, match] of matches.entries()) {
        const end = matches[at + 1]?.index ?? text.length;
        const value = text
          .slice(match.index + match[0].length, end)
          .trim()
          .replace(/[,;、。|]+$/, '')
          .trim();
        if (value !== '') note(match[1]!, value);
        else if (at === matches.length - 1) note(match[1]!, valueBeside(filled[index + 1], beginning));
      }
    }
  }
  return found;
}

/** The next cell holds the value unless it begins with a key itself. */
function valueBeside(cell: Cell, beginning: RegExp): Cell {
  if (cell === undefined) return undefined;
  const text = cellText(cell).normalize('NFKC').trim();
  return beginning.test(text) ? undefined : cell;
}
