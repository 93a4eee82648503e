/** Finds the header of a table (office-files §3): in one of the first ten rows, or in a pair of rows that begins there. */
import { type Cell, cellText, fold } from '../cells/cell.ts';
import type { RowCells } from '../cells/row-cells.ts';
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
  /** By column: what the header rows hold below each other, as compared; a row that repeats them is none of the data. */
  repeated: ReadonlyMap<number, readonly string[]>;
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
  /** From left to right; columns without any text are left out. */
  candidates: readonly Candidate[];
}

interface Candidate {
  column: number;
  /** Under which it may be known, the first that is counts; and as they are compared. */
  texts: readonly string[];
  keys: readonly string[];
}

function candidateOf(column: number, texts: readonly string[]): Candidate | undefined {
  return texts.some((text) => text !== '') ? { column, texts, keys: texts.map(headerKey) } : undefined;
}

/** @param rows the first rows of the sheet @param neighbours delimited text: an empty upper cell is the one to its left */
export function findHeader(
  rows: readonly SheetRow[],
  merges: readonly Merge[],
  neighbours: boolean,
  layouts: readonly Layout[],
): Header | { nearest: NearMiss | undefined } {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const columnOf = rememberedColumns();
  let best: Header | undefined;
  let nearest: NearMiss | undefined;
  for (const reading of readingsOf(byNumber, merges, neighbours)) {
    const above = rows.filter(({ number }) => number < reading.firstRow);
    for (const layout of layouts) {
      const found = matched(layout, reading, above, columnOf);
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
  const candidates = texts.flatMap((text, column) => candidateOf(column, [text]) ?? []);
  const given = { ...layout, required: [], oneOf: [], recognisedBy: undefined };
  return matched(given, { firstRow: 0, lastRow: 0, candidates }, [], columnOf) as Header;
}

function* readingsOf(
  rows: ReadonlyMap<number, SheetRow>,
  merges: readonly Merge[],
  neighbours: boolean,
): Generator<Reading> {
  for (let number = 1; number < HEADER_ROWS; number += 1) {
    const row = rows.get(number);
    if (row) yield { firstRow: number, lastRow: number, candidates: candidatesIn(row.cells) };
  }
  for (let number = 1; number < HEADER_ROWS; number += 1) {
    const upper = rows.get(number);
    const lower = rows.get(number + 1);
    if (upper && lower) yield pairOf(upper, lower, rows, merges, neighbours);
  }
}

function candidatesIn(cells: RowCells): Candidate[] {
  const candidates: Candidate[] = [];
  cells.each((cell, column) => {
    const candidate = candidateOf(column, [cellText(cell)]);
    if (candidate) candidates.push(candidate);
  });
  return candidates;
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
  const width = Math.max(upper.cells.width, lower.cells.width, ...spanning.map(({ left }) => left + 1));
  const candidates: Candidate[] = [];
  let left = '';
  for (let column = 0; column < width; column += 1) {
    let above = cellText(upper.cells.get(column));
    if (above !== '') left = above;
    else if (neighbours) above = left;
    else {
      // Of a header of three rows the text may stand still higher.
      const merge = spanning.find((one) => one.left <= column && column <= one.right);
      if (merge) above = cellText(rows.get(merge.top)?.cells.get(merge.left));
    }
    const below = cellText(lower.cells.get(column));
    const candidate = candidateOf(column, [above + below, below, above]);
    if (candidate) candidates.push(candidate);
  }
  return { firstRow: upper.number, lastRow: lower.number, candidates };
}

function matched(
  layout: Layout,
  { firstRow, lastRow, candidates }: Reading,
  above: readonly SheetRow[],
  known: typeof columnOf,
): Header | NearMiss {
  const columns = new Map<string, number>();
  const ranks = new Map<string, number>();
  const shown: (readonly [column: number, text: string])[] = [];
  for (const { column: index, texts: names, keys } of candidates) {
    const at = keys.findIndex((key) => known(layout, key) !== undefined);
    shown.push([index, names[at] ?? names.find((text) => text !== '')!]);
    if (at < 0) continue;
    const column = known(layout, keys[at]!)!;
    const rank = rankOf(layout.columns.get(column)!, keys[at]!);
    if (rank >= (ranks.get(column) ?? Number.POSITIVE_INFINITY)) continue;
    ranks.set(column, rank);
    columns.set(column, index);
  }
  const absent = layout.required.filter((name) => !columns.has(name) && !layout.lines.has(name));
  // Most layouts come near nothing in most rows: what stands above these does not matter.
  if (absent.length > 0 && columns.size <= 1) return { layout, row: firstRow, found: columns.size, missing: absent };
  const lines = layout.lines.size > 0 ? readLines(above, layout.lines) : new Map<string, Cell>();
  const missing = layout.required.filter((name) => !columns.has(name) && !lines.has(name));
  if (layout.oneOf.length > 0 && !layout.oneOf.some((name) => columns.has(name))) missing.push(layout.oneOf[0]!);
  const named =
    !layout.recognisedBy ||
    holdsWords(
      layout.recognisedBy,
      shown.map(([, text]) => text),
      above,
    );
  if (!named) missing.push(layout.recognisedBy!.header[0]!);
  // A table that does not say the type of an entry comes near none.
  const found = layout.entry && !named ? 0 : columns.size;
  if (missing.length > 0) return { layout, row: firstRow, found, missing };
  return {
    layout,
    firstRow,
    lastRow,
    columns,
    texts: inPlace(shown),
    repeated: new Map(candidates.map(({ column, keys }) => [column, keys])),
    lines,
  };
}

function inPlace(shown: readonly (readonly [column: number, text: string])[]): string[] {
  const texts = Array<string>((shown.at(-1)?.[0] ?? -1) + 1).fill('');
  for (const [column, text] of shown) texts[column] = text;
  return texts;
}

function columnOf(layout: Layout, key: string): string | undefined {
  for (const [name, spelling] of layout.columns) if (spells(spelling, key)) return name;
  return undefined;
}

/** The same texts stand in several readings, and may stand in thousands of columns. */
function rememberedColumns(): typeof columnOf {
  const found = new Map<Layout, Map<string, string | undefined>>();
  return (layout, key) => {
    const ofLayout = found.get(layout) ?? new Map<string, string | undefined>();
    found.set(layout, ofLayout);
    if (!ofLayout.has(key)) ofLayout.set(key, columnOf(layout, key));
    return ofLayout.get(key);
  };
}

function holdsWords(
  words: NonNullable<Layout['recognisedBy']>,
  texts: readonly string[],
  above: readonly SheetRow[],
): boolean {
  const holds = (text: string, list: readonly string[]) => list.some((word) => fold(text).includes(word));
  return (
    texts.some((text) => holds(text, words.header)) ||
    above.some(({ cells }) => cells.values().some((cell) => holds(cellText(cell), words.above)))
  );
}
