/** A workbook again, with a column at its right end that says what is wrong in each row. */
import type { Workbook } from '../files/workbook.ts';
import type { SheetFaults } from './sheet-faults.ts';

/**
 * What is xlsx stays as it is, byte for byte, but for the cells that are added; of everything else the rows are written into
 * a new workbook at the places where they stood.
 * @param faults by name of the sheet; of delimited text under ''
 * @param into path of the new file @throws UnreadableFileError
 */
export async function markWorkbook(
  path: string,
  workbook: Workbook,
  faults: ReadonlyMap<string, SheetFaults>,
  into: string,
): Promise<void> {
  if (workbook.format === 'xlsx') {
    const { markXlsx } = await import('./mark-xlsx.ts');
    return markXlsx(path, workbook, faults, into);
  }
  const { rewriteWorkbook } = await import('./rewrite-workbook.ts');
  return rewriteWorkbook(path, workbook, faults, into);
}
