/** What a cell of a table holds, whatever file it stood in. Errors, formulas without a value and empty cells are undefined. */

/** A number that its format shows as a day: days since the epoch of the workbook, with the time of day as fraction. */
export interface DateCell {
  serial: number;
}

export type Cell = string | number | DateCell | undefined;

const HIDDEN = /[\u200B-\u200D\u2060\uFEFF]/g;
const FORMULA_TEXT = /^\s*="([\s\S]*)"\s*$/;
const SPACES = /\p{White_Space}+/gu;
/** Most cells hold nothing that has to go: no space, no hidden character, no mark of a formula or a text. */
const UNTIDY = /[\s\x85\u200B-\u200D\u2060\uFEFF]|^[='"]/;

/** `text` of office-files §2: hidden characters and Excel's marks for texts are off, runs of spaces are one. */
export function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return plainDecimal(cell);
  if (typeof cell === 'object') return plainDecimal(cell.serial);
  if (!UNTIDY.test(cell)) return cell;
  const inside = FORMULA_TEXT.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell;
  const spaced = inside.replace(HIDDEN, '').replace(SPACES, ' ').trim();
  return spaced.startsWith("'") ? spaced.slice(1).trim() : spaced;
}

const OPENING = /[〔【〖[{]/g;
const CLOSING = /[〕】〗\]}]/g;
/** Texts that folding only puts into upper case: no spaces, no brackets but round ones, nothing that NFKC changes. */
const FOLDED_BUT_CASE = /^[!-Z\\^-z|~一-鿿]*$/;

/** `F` of office-files §2: what document numbers, organs, headers and list values are compared by. */
export function fold(text: string): string {
  if (FOLDED_BUT_CASE.test(text)) return text.toUpperCase();
  return text.normalize('NFKC').replace(SPACES, '').replace(OPENING, '(').replace(CLOSING, ')').toUpperCase();
}

/** Shortest decimal that reads back as the same number, without exponent. */
export function plainDecimal(value: number): string {
  const short = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(short);
  if (!match) return short;
  const [, sign, whole, fraction = '', power] = match as unknown as [string, string, string, string?, string?];
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** What offices write where there is nothing. */
const NOTHING = new Set(
  ['', '/', '\\', '-', '--', '—', '——', '*', '无', '空', '未办', '零', '暂无', 'N/A', 'NULL', '\\N'].map(fold),
);

export const isNothing = (text: string): boolean =>
  (text.length < 5 || (text.length < 8 && text.includes(' '))) && NOTHING.has(fold(text));

/** Whether anything is written in the cell. */
export const isFilled = (cell: Cell): boolean => cell !== undefined && !isNothing(cellText(cell));
