/** One row of a table under its header. */
import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { type Cell, cellText, isFilled } from '../cells/cell.ts';
import { type Day, type DayReading, readDay } from '../cells/day.ts';
import { isPersonalColumn, maskIdentities } from '../cells/resident-identity.ts';
import type { RowCells } from '../cells/row-cells.ts';
import { isFaultHeader } from '../faults/sheet-faults.ts';
import type { Header } from '../headers/find-header.ts';
import { headerKey } from '../layouts/layout.ts';
import { isMarkHeader, type RecordMark, readMarks } from './record-mark.ts';

const REGION_HEADERS = new Set(['地方编码', 'DFBM', '行政区划代码']);

/** What all rows of a table share. */
export class TableColumns {
  readonly header: Header;
  readonly epoch1904: boolean;
  readonly region: number | undefined;
  /** Column of the marks of a list that was taken from here. */
  readonly mark: number | undefined;
  /** Columns whose cells go into `data.row`: index → text of the header. */
  readonly others: ReadonlyMap<number, string>;
  /** Columns that may be kept at all. */
  readonly kept: ReadonlyMap<number, string>;
  readonly names: ReadonlyMap<number, string>;

  constructor(header: Header, epoch1904: boolean) {
    this.header = header;
    this.epoch1904 = epoch1904;
    this.names = new Map([...header.columns].map(([name, index]) => [index, name]));
    const region = header.texts.findIndex((text) => REGION_HEADERS.has(headerKey(text)));
    this.region = region < 0 ? undefined : region;
    const mark = header.texts.findIndex(isMarkHeader);
    this.mark = mark < 0 ? undefined : mark;
    const seen = new Map<string, number>();
    const kept = header.texts.flatMap((text, index) => {
      if (text === '' || isPersonalColumn(headerKey(text)) || isFaultHeader(text) || isMarkHeader(text)) return [];
      // Of equal headers none may hide another.
      const times = (seen.get(text) ?? 0) + 1;
      seen.set(text, times);
      return [[index, times === 1 ? text : `${text} (${times})`] as const];
    });
    this.kept = new Map(kept);
    this.others = new Map(
      kept.filter(([index]) => {
        const name = this.names.get(index);
        return name === undefined || header.layout.keep.has(name);
      }),
    );
  }
}

export class TableRow {
  readonly number: number;
  readonly #table: TableColumns;
  readonly #cells: RowCells;

  constructor(number: number, cells: RowCells, table: TableColumns) {
    this.number = number;
    this.#cells = cells;
    this.#table = table;
  }

  /** The cell of a column; where there is no such column, or nothing in it, the line above the header. */
  cell(name: string): Cell {
    const { columns, lines } = this.#table.header;
    const index = columns.get(name);
    const cell = index === undefined ? undefined : this.#cells.get(index);
    return isFilled(cell) ? cell : (lines.get(name) ?? cell);
  }

  /** Empty where there is nothing. */
  text(name: string): string {
    const cell = this.cell(name);
    return isFilled(cell) ? cellText(cell) : '';
  }

  day(name: string): DayReading {
    return readDay(this.cell(name), this.#table.epoch1904);
  }

  /** The day, if one is there and can be read. */
  optionalDay(name: string): Day | undefined {
    const read = this.day(name);
    return typeof read === 'object' ? read : undefined;
  }

  headerOf(name: string): string {
    const index = this.#table.header.columns.get(name);
    return index === undefined ? '' : (this.#table.header.texts[index] ?? '');
  }

  /** Which stored events the row, or the rows that it begins, stood for when it was taken from here. */
  get marks(): RecordMark[] {
    const { mark } = this.#table;
    return mark === undefined ? [] : readMarks(cellText(this.#cells.get(mark)));
  }

  get region(): string | undefined {
    const { region } = this.#table;
    if (region === undefined) return undefined;
    const text = cellText(this.#cells.get(region));
    return isAreaCode(text) ? text : undefined;
  }

  /** What no member of the event carries, by header; undefined if there is nothing. */
  others(): Record<string, string> | undefined {
    const { others, region } = this.#table;
    // What became the region is said there.
    const isSaid = this.region !== undefined;
    return this.#record(others, (cell, index) => (isSaid && index === region ? '' : this.#shown(cell, index, true)));
  }

  /** The whole row by header, as it is kept for a refused one. */
  byHeader(): Record<string, string> {
    return this.#record(this.#table.kept, (cell, index) => this.#shown(cell, index, false)) ?? {};
  }

  #record(
    columns: ReadonlyMap<number, string>,
    shown: (cell: Cell, index: number) => string,
  ): Record<string, string> | undefined {
    const found: Record<string, string> = {};
    let any = false;
    this.#cells.each((cell, index) => {
      const header = columns.get(index);
      const text = header === undefined ? '' : shown(cell, index);
      if (text === '') return;
      found[header!] = text;
      any = true;
    });
    return any ? found : undefined;
  }

  #shown(cell: Cell, index: number, datesAnywhere: boolean): string {
    if (!isFilled(cell)) return '';
    const name = this.#table.names.get(index);
    const isDay = name !== undefined && this.#table.header.layout.days.has(name);
    if ((isDay && typeof cell !== 'string') || (datesAnywhere && name === undefined && typeof cell === 'object')) {
      const day = readDay(cell, this.#table.epoch1904);
      if (typeof day === 'object') return day.time ? `${day.day}T${day.time}` : day.day;
    }
    return maskIdentities(cellText(cell));
  }
}
