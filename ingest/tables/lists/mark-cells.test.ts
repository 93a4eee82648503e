import { expect, test } from 'vitest';
import { readMarks } from '../rows/record-mark.ts';
import { markCells, type PlacedMark } from './mark-cells.ts';

const markOf = (index: number, row: number | undefined, id = `p-${index}`): PlacedMark => ({
  tableId: `${index.toString(16).padStart(40, '0')}-${'0'.repeat(16)}`,
  source: 'urn:city:credit,%20a',
  id,
  row,
});
const read = (cells: readonly string[]) => new Set(cells.flatMap(readMarks).map(({ id }) => id));

test('a short mark stands on every row: whichever rows are deleted, the rest is known', () => {
  const marks = [markOf(0, undefined), markOf(1, 0), markOf(2, 1)];
  const cells = markCells(marks, 3)!;
  for (const cell of cells) expect(read([cell])).toEqual(new Set(['p-0', 'p-1', 'p-2']));
});

test('a long one is spread, what all rows give together on each; no cell is longer than a workbook holds', () => {
  const marks = [markOf(0, undefined), ...Array.from({ length: 900 }, (_, index) => markOf(index + 1, index % 300))];
  const cells = markCells(marks, 300)!;
  expect(cells).toHaveLength(300);
  expect(read(cells).size).toBe(marks.length);
  for (const [row, cell] of cells.entries()) {
    expect(cell.length).toBeLessThan(32_767);
    expect(read([cell])).toEqual(new Set(['p-0', `p-${row + 1}`, `p-${row + 301}`, `p-${row + 601}`]));
  }
});

test('a long mark of all rows together stands once', () => {
  const marks = Array.from({ length: 40 }, (_, index) => markOf(index, undefined));
  const cells = markCells(marks, 3)!;
  expect(read([cells[0]!]).size).toBe(40);
  expect(cells.slice(1)).toEqual(['', '']);
});

test('what no cell holds is not said', () => {
  expect(markCells([markOf(0, 0, 'x'.repeat(32_700))], 2)).toBeUndefined();
  expect(markCells([markOf(0, 0, 'x'.repeat(32_000))], 2)).toHaveLength(2);
});

test('without marks every cell is empty', () => {
  expect(markCells([], 2)).toEqual(['', '']);
});
