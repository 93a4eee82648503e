/** A sheet row by row: what is no data is passed over, the rest becomes events or a refusal with its bytes. */
import { cellText, isFilled } from '../cells/cell.ts';
import { maskIdentities } from '../cells/resident-identity.ts';
import type { RowCells } from '../cells/row-cells.ts';
import { HEADER_ROWS, type Sheet, type SheetRow } from '../files/workbook.ts';
import { findHeader, type Header, type NearMiss } from '../headers/find-header.ts';
import { kindOfRow } from '../headers/skipped-row.ts';
import type { Layout } from '../layouts/layout.ts';
import type { RecordMark } from '../rows/record-mark.ts';
import { type Refusal, type RowEvent, type RowOutcome, refused } from '../rows/row-event.ts';
import type { TableSettings } from '../rows/row-reading.ts';
import { startReading } from '../rows/start-reading.ts';
import { TableColumns, TableRow } from '../rows/table-row.ts';
import { withDamage } from './damage-beside.ts';
import type { KeptRow } from './kept-row.ts';

export interface RefusedRow {
  row: number;
  refusal: Refusal;
  /** The row by header, as it can be mapped again. */
  bytes: Buffer;
}

export type SheetItem = { event: RowEvent } | { refused: RefusedRow } | 'skipped';

export interface ReadingSettings extends Omit<TableSettings, 'layout' | 'headerRow'> {
  /** Told for which stored events the rows stand. */
  marked: (marks: readonly RecordMark[]) => void;
}

/** @param delimited in delimited text an empty upper cell of a header of two rows is the one to its left */
export async function recognise(
  sheet: Sheet,
  layouts: readonly Layout[],
  delimited: boolean,
): Promise<Header | { nearest: NearMiss | undefined }> {
  const first: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    if (row.number > HEADER_ROWS) break;
    first.push(row);
  }
  return findHeader(first, sheet.merges, delimited, layouts);
}

export async function* readSheet(
  sheet: Sheet,
  header: Header,
  delimited: boolean,
  given: ReadingSettings,
): AsyncGenerator<SheetItem> {
  const settings: TableSettings = { ...given, layout: header.layout, headerRow: header.lastRow };
  const table = new TableColumns(header, sheet.epoch1904);
  const reading = startReading(settings, table);
  const width = widthOf(header);
  let rows = 0;
  for await (const { number, cells } of sheet.rows()) {
    if (number <= header.lastRow) continue;
    const kind = kindOfRow(cells, header);
    if (kind === 'blank') continue;
    if (kind === 'skipped') {
      yield 'skipped';
      continue;
    }
    rows += 1;
    const row = new TableRow(number, cells, table);
    if (table.mark !== undefined) given.marked(row.marks);
    const outcome = damageOfRow(cells, delimited ? width : cells.width) ?? reading.take(row);
    const known =
      typeof outcome === 'object' && 'refused' in outcome
        ? { refused: withDamage(outcome.refused, row, header.layout) }
        : outcome;
    yield* items(known, number, () => rowBytes(settings, row.byHeader()));
  }
  for (const outcome of reading.end(rows))
    yield* items(outcome, header.lastRow, () => rowBytes(settings, linesByName(header)));
}

function* items(outcome: RowOutcome, row: number, bytes: () => Buffer): Generator<SheetItem> {
  if (outcome === 'skipped') yield 'skipped';
  else if ('refused' in outcome) yield { refused: { row, refusal: outcome.refused, bytes: bytes() } };
  else for (const event of outcome.events) yield { event };
}

/** @param width cells from there on stand under no header */
export function damageOfRow(cells: RowCells, width: number): { refused: Refusal } | undefined {
  for (const cell of cells.values())
    if (typeof cell === 'string' && cell.includes('\uFFFD'))
      return refused('text_destroyed', 'characters were lost when the text was written; export it again');
  let isLonger = false;
  if (cells.width > width)
    cells.each((cell, column) => {
      isLonger ||= column >= width && isFilled(cell);
    });
  return isLonger
    ? refused('row_shape', 'the row is longer than the header: its cells stand in the wrong columns')
    : undefined;
}

function widthOf({ texts }: Header): number {
  let width = texts.length;
  while (width > 0 && texts[width - 1] === '') width -= 1;
  return width;
}

function rowBytes({ layout, source, department }: TableSettings, cells: Record<string, string>): Buffer {
  const kept: KeptRow = { table: { layout: layout.id, source, department: department ?? null }, cells };
  return Buffer.from(JSON.stringify(kept).replaceAll(/[\u2028\u2029]/g, ' '));
}

function linesByName({ layout, lines }: Header): Record<string, string> {
  return Object.fromEntries(
    [...lines].map(([name, cell]) => [layout.lines.get(name)?.[0] ?? name, maskIdentities(cellText(cell))]),
  );
}
