import type { Cell } from './cell.ts';

/** The cells of a row that hold something, by column from 0: what is empty takes neither room nor time, however far the row reaches. */
export class RowCells {
  #columns: number[] = [];
  #cells: Cell[] = [];
  #last = -1;
  /** Every program writes the columns in order; what does not is put in order once. */
  #isOrdered = true;

  /** @param cells from column A on */
  static of(cells: readonly Cell[]): RowCells {
    const row = new RowCells();
    for (let column = 0; column < cells.length; column += 1) row.set(column, cells[column]);
    return row;
  }

  /** Of a column that is set again the last counts. */
  set(column: number, cell: Cell): void {
    if (cell === undefined || cell === '') return;
    if (column <= this.#last) this.#isOrdered = false;
    this.#last = column;
    this.#columns.push(column);
    this.#cells.push(cell);
  }

  get(column: number): Cell {
    this.#order();
    // Most rows begin without a gap.
    if (this.#columns[column] === column) return this.#cells[column];
    let low = 0;
    let high = this.#columns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#columns[middle]! < column) low = middle + 1;
      else high = middle;
    }
    return this.#columns[low] === column ? this.#cells[low] : undefined;
  }

  /** Number of cells that hold something. */
  get size(): number {
    this.#order();
    return this.#columns.length;
  }

  /** Up to the last cell that holds something. */
  get width(): number {
    this.#order();
    return (this.#columns.at(-1) ?? -1) + 1;
  }

  /** The cells and their columns, from left to right. */
  each(visit: (cell: Cell, column: number) => void): void {
    this.#order();
    for (let place = 0; place < this.#columns.length; place += 1) visit(this.#cells[place], this.#columns[place]!);
  }

  /** From left to right. */
  values(): readonly Cell[] {
    this.#order();
    return this.#cells;
  }

  #order(): void {
    if (this.#isOrdered) return;
    const byColumn = new Map(this.#columns.map((column, place) => [column, this.#cells[place]]));
    this.#columns = [...byColumn.keys()].sort((a, b) => a - b);
    this.#cells = this.#columns.map((column) => byColumn.get(column));
    this.#last = this.#columns.at(-1) ?? -1;
    this.#isOrdered = true;
  }
}
