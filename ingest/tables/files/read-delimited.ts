/** Delimited text (RFC 4180), record by record; a record is a row, also where its cells hold line breaks. */
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { RowCells } from '../cells/row-cells.ts';
import { decodedChunks, type TextEncoding } from './decode-text.ts';
import { NOT_STORED, type Sheet, type SheetRow, unreadable, type Workbook } from './workbook.ts';

const SEPARATORS = [',', '\t', ';'] as const;
const MAX_RECORD_CHARACTERS = 4 * 1024 * 1024;

export function openDelimited(path: string, encoding: TextEncoding): Workbook {
  const sheets = SEPARATORS.map(
    (separator): Sheet => ({
      name: '',
      hidden: false,
      epoch1904: false,
      merges: [],
      rows: () => records(path, encoding, separator),
    }),
  );
  return { format: 'text', encoding, sheets, close: async () => {} };
}

async function* records(path: string, encoding: TextEncoding, delimiter: string): AsyncGenerator<SheetRow> {
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD_CHARACTERS,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  pipeline(Readable.from(decodedChunks(path, encoding)), parser, () => {});
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      yield { number, cells: RowCells.of(record) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const why =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark is opened and never closed'
        : error.code === 'CSV_MAX_RECORD_SIZE'
          ? 'a row is longer than 4 MiB, as after a quotation mark that is never closed'
          : error.message;
    throw unreadable(path, `cannot be read after row ${number} (${why}) and ${NOT_STORED}; export it again`);
  } finally {
    parser.destroy();
  }
}
