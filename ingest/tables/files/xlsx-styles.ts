/** Which cell formats of a workbook show a number as a day. */
import { SSF } from '@e965/xlsx';
import { readXmlEntry } from './read-xml-entry.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Formats that need no definition (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are the East Asian ones). */
export const isBuiltinDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** @returns by the index that cells give as `s`: whether it is a day */
export async function readStyles(path: string, zip: ZipArchive, entry: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  let inCellFormats = false;
  await readXmlEntry(zip, path, entry, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        const code = codes.get(id);
        dates.push(code === undefined ? isBuiltinDateFormat(id) : SSF.is_date(code));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  return dates;
}
