/** CSV that spreadsheets read as it is meant. */
export type CsvValue = string | number | null | undefined;

/** RFC 4180 with a byte order mark, which Excel needs to read Chinese as UTF-8. */
export function csv(rows: readonly (readonly CsvValue[])[]): string {
  return `\ufeff${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

/** A spreadsheet would run such a text as a formula; blanks and line ends before it are skipped, full-width forms are folded. */
const FORMULA = /^(?:[\t\r]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－﹣−＠﹦﹢﹫])/u;
/** Eleven digits are shown whole; of longer numbers a spreadsheet shows 1.23E+11, and from sixteen on it drops digits. */
const ROUNDED = /^\s*\d{12,}(?:[.,]\d*)?\s*$/;

function field(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) || ROUNDED.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
