import { DrawError } from '../draw/draw-error.ts';

/** A row by column name; a column the file does not have is ''. */
export type TableRow = Record<string, string>;

/**
 * A small TSV file with a header line.
 *
 * @param name for messages
 * @throws DrawError for a missing column, a ragged line, a CR, or one id in two rows
 */
export function readTable(
  text: string,
  name: string,
  required: readonly string[],
  unique: readonly string[],
): TableRow[] {
  if (text.includes('\r')) throw new DrawError(`${name} has Windows line ends; save it with LF line ends (Unix).`);
  const [header = '', ...lines] = text
    .replace(/^\ufeff/, '')
    .replace(/\n$/, '')
    .split('\n');
  const columns = header.split('\t');
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new DrawError(
      `${name} has no column ${missing.join(', ')} (it has ${columns.join(', ')}); the first line names the columns, separated by TAB.`,
    );
  const seen = new Set<string>();
  return lines.map((line, index) => {
    const fields = line.split('\t');
    if (fields.length !== columns.length)
      throw new DrawError(
        `${name}, line ${index + 2}, has ${fields.length} fields where the header names ${columns.length}.`,
      );
    const row: TableRow = Object.fromEntries(columns.map((column, at) => [column, fields[at]!]));
    const identity = unique.map((column) => row[column]).join(' and ');
    if (unique.some((column) => row[column] === ''))
      throw new DrawError(`${name}, line ${index + 2}, has no ${unique.find((column) => row[column] === '')}.`);
    if (seen.has(identity)) throw new DrawError(`${name}, line ${index + 2}: ${identity} stands there twice.`);
    seen.add(identity);
    return row;
  });
}
