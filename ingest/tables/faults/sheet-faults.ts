import { headerKey } from '../layouts/layout.ts';

/** Header of the column that says what is wrong in a row; a file that comes back with it is read as if it were not there. */
export const FAULT_HEADER = '导入问题';

export const isFaultHeader = (text: string): boolean => headerKey(text) === FAULT_HEADER;

export const NO_ROOM =
  'fills the last column of the sheet, so there is no room to say what is wrong; clear that column';

/** What is wrong on one sheet. */
export interface SheetFaults {
  /** The last row of its header, from 1: where the new column gets its name. */
  headerRow: number;
  /** Words by row, as the spreadsheet counts. */
  byRow: ReadonlyMap<number, string>;
}
