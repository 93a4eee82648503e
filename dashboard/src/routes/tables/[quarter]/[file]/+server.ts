import { Readable } from 'node:stream';
import { lostTable, scoreTable } from '@hengjian/models/queries/score-tables.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { RequestHandler } from './$types';

const FORMATS = {
  parquet: { format: 'Parquet', type: 'application/vnd.apache.parquet' },
  arrow: { format: 'Arrow', type: 'application/vnd.apache.arrow.file' },
} as const;

/** Uncompressed, since not every reader of Arrow has the codecs; text is text. */
const SETTINGS = {
  output_format_arrow_compression_method: 'none',
  output_format_arrow_string_as_string: 1,
  output_format_parquet_string_as_string: 1,
} as const;

/** `scores.parquet`, `scores.arrow`, `lost.parquet`, `lost.arrow` of a period, written by the warehouse, as a stream. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { figures, locale, parts, scope, ruleset } = locals;
  const { quarter } = params;
  const asked = /^(scores|lost)\.(parquet|arrow)$/.exec(params.file);
  if (!asked) error(404, translate(locale, 'error.no_page', { path: url.pathname }));
  if (!(await figures.periods()).some((entry) => entry.quarter === quarter))
    refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter });
  const [, table, extension] = asked as unknown as [string, 'scores' | 'lost', keyof typeof FORMATS];
  const { sql, params: values } = (table === 'scores' ? scoreTable : lostTable)(scope, ruleset, quarter);
  const { format, type } = FORMATS[extension];
  const stream = await parts.reader.stream(`${sql}\nFORMAT ${format}`, values, SETTINGS);
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${quarter}-${ruleset}-${table}.${extension}"`,
    },
  });
};
