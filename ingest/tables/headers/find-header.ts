/** Finds the header of a table (office-files §3): in one of the first ten rows, or in a pair of rows that begins there. */
import { type Cell, cellText, fold } from '../cells/cell.ts';
import { HEADER_ROWS, type Merge, type SheetRow } from '../files/workbook.ts';
import { headerKey, type Layout, rankOf, spells } from '../layouts/layout.ts';
import { readLines } from './read-lines.ts';

export interface Header {
  layout: Layout;
  firstRow: number;
  lastRow: number;
  /** Column name → index in the sheet. */
  columns: ReadonlyMap<string, number>;
  /** What stands above each column of the sheet, as shown; empty where there is nothing. */
  texts: readonly string[];
  /** What the header rows hold below each other, as compared; a row that repeats them is none of the data. */
  repeated: readonly (readonly string[])[];
  /** Values of lines above the header, by column name. */
  lines: ReadonlyMap<string, Cell>;
}

/** The layout that comes nearest, for the sentence that says what is missing. */
export interface NearMiss {
  layout: Layout;
  row: number;
  found: number;
  missing: readonly string[];
}

interface Reading {
  firstRow: number;
  lastRow: number;
  /** By column: the texts under which it may be known, the first that is counts. */
  candidates: readonly (readonly string[])[];
}

/** @param rows the first rows of the sheet @param neighbours delimited text: an empty upper cell is the one to its left */
export function findHeader(
  rows: readonly SheetRow[],
  merges: readonly Merge[],
  neighbours: boolean,
  layouts: readonly Layout[],
): Header | { nearest: NearMiss | undefined } {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  let best: Header | undefined;
  let nearest: NearMiss | undefined;
  for (const reading of readingsOf(byNumber, merges, neighbours)) {
    const above = rows.filter(({ number }) => number < reading.firstRow);
    for (const layout of layouts) {
      const found = matched(layout, reading, above);
      if ('missing' in found) {
        if (
          found.found > 1 &&
          (!nearest ||
            found.missing.length < nearest.missing.length ||
            (found.missing.length === nearest.missing.length && found.found > nearest.found))
        )
          nearest = found;
        continue;
      }
      if (!best || found.columns.size > best.columns.size) best = found;
      // In one reading the first layout counts whose mandatory columns are all there.
      break;
    }
  }
  return best ?? { nearest };
}

/** A header of nothing but texts, as the cells of a refused row name it. */
export function headerOf(layout: Layout, texts: readonly string[]): Header {
  const reading: Reading = { firstRow: 0, lastRow: 0, candidates: texts.map((text) => [text]) };
  const given = { ...layout, required: [], oneOf: [], recognisedBy: undefined };
  return matched(given, reading, []) as Header;
}

function* readingsOf(
  rows: ReadonlyMap<number, SheetRow>,
  merges: readonly Merge[],
  neighbours: boolean,
): Generator<Reading> {
  for (let number = 1; number < HEADER_ROWS; number += 1) {
    const row = rows.get(number);
    if (row) yield { firstRow: number, lastRow: number, candidates: row.cells.map((cell) => [cellText(cell)]) };
  }
  for (let number = 1; number < HEADER_ROWS; number += 1) {
    const upper = rows.get(number);
    const lower = rows.get(number + 1);
    if (upper && lower) yield pairOf(upper, lower, rows, merges, neighbours);
  }
}

function pairOf(
  upper: SheetRow,
  lower: SheetRow,
  rows: ReadonlyMap<number, SheetRow>,
  merges: readonly Merge[],
  neighbours: boolean,
): Reading {
  const spanning = merges.filter(({ top, bottom }) => top <= upper.number && bottom >= upper.number);
  // A cell that goes over both rows from above them stands in neither.
  const width = Math.max(upper.cells.length, lower.cells.length, ...spanning.map(({ left }) => left + 1));
  const candidates: string[][] = [];
  let left = '';
  for (let column = 0; column < width; column += 1) {
    let above = cellText(upper.cells[column]);
    if (above !== '') left = above;
    else if (neighbours) above = left;
    else {
      // Of a header of three rows the text may stand still higher.
      const merge = spanning.find((one) => one.left <= column && column <= one.right);
      if (merge) above = cellText(rows.get(merge.top)?.cells[merge.left]);
    }
    const below = cellText(lower.cells[column]);
    candidates.push([above + below, below, above]);
  }
  return { firstRow: upper.number, lastRow: lower.number, candidates };
}

function matched(
  layout: Layout,
  { firstRow, lastRow, candidates }: Reading,
  above: readonly SheetRow[],
): Header | NearMiss {
  const columns = new Map<string, number>();
  const ranks = new Map<string, number>();
  const texts: string[] = [];
  for (const [index, names] of candidates.entries()) {
    let known: string | undefined;
    let column: string | undefined;
    for (const text of names) {
      column = columnOf(layout, headerKey(text));
      if (column === undefined) continue;
      known = text;
      break;
    }
    texts.push(known ?? names.find((text) => text !== '') ?? '');
    if (column === undefined) continue;
    const rank = rankOf(layout.columns.get(column)!, headerKey(known!));
    if (rank >= (ranks.get(column) ?? Number.POSITIVE_INFINITY)) continue;
    ranks.set(column, rank);
    columns.set(column, index);
  }
  const lines = layout.lines.size > 0 ? readLines(above, layout.lines) : new Map<string, Cell>();
  const missing = layout.required.filter((name) => !columns.has(name) && !lines.has(name));
  if (layout.oneOf.length > 0 && !layout.oneOf.some((name) => columns.has(name))) missing.push(layout.oneOf[0]!);
  const named = !layout.recognisedBy || holdsWords(layout.recognisedBy, texts, above);
  if (!named) missing.push(layout.recognisedBy!.header[0]!);
  // A table that does not say the type of an entry comes near none.
  const found = layout.entry && !named ? 0 : columns.size;
  if (missing.length > 0) return { layout, row: firstRow, found, missing };
  return {
    layout,
    firstRow,
    lastRow,
    columns,
    texts,
    repeated: candidates.map((names) => names.map(headerKey)),
    lines,
  };
}

function columnOf(layout: Layout, key: string): string | undefined {
  for (const [name, spelling] of layout.columns) if (spells(spelling, key)) return name;
  return undefined;
}

function holdsWords(
  words: NonNullable<Layout['recognisedBy']>,
  texts: readonly string[],
  above: readonly SheetRow[],
): boolean {
  const holds = (text: string, list: readonly string[]) => list.some((word) => fold(text).includes(word));
  return (
    texts.some((text) => holds(text, words.header)) ||
    above.some(({ cells }) => cells.some((cell) => holds(cellText(cell), words.above)))
  );
}
