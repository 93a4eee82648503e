/** The last cell of each row of a record: for which stored events its rows stand. The import gathers them over the whole file. */
import { workbookText } from '@hengjian/contract/workbook-text.ts';
import { markText, type RecordMark } from '../rows/record-mark.ts';

/** A mark with the row that gives its event, by the index among those of the record; undefined: all of them together give it. */
export interface PlacedMark extends RecordMark {
  row: number | undefined;
}

/** So much stands on every row of a record; beyond it the file would grow with the square of a record. */
const SHORT = 2_000;

/**
 * The whole mark on every row, so that no row is lost to it when somebody deletes or filters others. A long one is spread: on each
 * row what that row gives, and on every row what all of them give together.
 * @returns undefined where a cell of a workbook cannot hold it: cut off, its events would come back as new ones
 */
export function markCells(marks: readonly PlacedMark[], rows: number): string[] | undefined {
  const whole = markText(marks);
  if (whole.length <= SHORT) return Array.from({ length: rows }, () => whole);
  const own = Array.from({ length: rows }, (): PlacedMark[] => []);
  const shared = marks.filter(({ row }) => row === undefined);
  const everywhere = markText(shared).length <= SHORT;
  for (const mark of marks) if (mark.row !== undefined) own[mark.row]!.push(mark);
  const cells = own.map((some, row) => markText(everywhere || row === 0 ? [...shared, ...some] : some));
  return cells.every((cell) => workbookText(cell) === cell) ? cells : undefined;
}
