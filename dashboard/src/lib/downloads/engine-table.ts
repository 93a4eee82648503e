import { Readable } from 'node:stream';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import type { Parts } from '#lib/server/parts.ts';
import { downloadHeaders } from './download-headers.ts';

const FORMATS = {
  parquet: { format: 'Parquet', type: 'application/vnd.apache.parquet' },
  arrow: { format: 'Arrow', type: 'application/vnd.apache.arrow.file' },
} as const;

export type EngineFormat = keyof typeof FORMATS;

/** Uncompressed, since not every reader of Arrow has the codecs; text is text. */
const SETTINGS = {
  output_format_arrow_compression_method: 'none',
  output_format_arrow_string_as_string: 1,
  output_format_parquet_string_as_string: 1,
} as const;

/** The rows of a statement under the names that programs read, written by the warehouse as they are read. @param name of the file, without its end */
export async function engineTable(
  { reader }: Pick<Parts, 'reader'>,
  extension: EngineFormat,
  { sql, params }: Statement<unknown>,
  name: string,
): Promise<Response> {
  const { format, type } = FORMATS[extension];
  const stream = await reader.stream(`${sql}\nFORMAT ${format}`, params, SETTINGS);
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: downloadHeaders(`${name}.${extension}`, type),
  });
}
