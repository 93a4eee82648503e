import { Readable } from 'node:stream';
import { lostTable, scoreTable } from '@hengjian/models/queries/score-tables.ts';
import { error } from '@sveltejs/kit';
import { downloadHeaders } from '#lib/downloads/download-headers.ts';
import { periodTable } from '#lib/downloads/period-table.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
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

/** `scores` and `lost` of a period: `.parquet` and `.arrow` written by the warehouse, as a stream, and `.xlsx`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { figures, locale, parts, scope, ruleset } = locals;
  const { quarter } = params;
  const asked = /^(scores|lost)\.(parquet|arrow|xlsx)$/.exec(params.file);
  if (!asked) error(404, translate(locale, 'error.no_page', { path: url.pathname }));
  if (!(await figures.periods()).some((entry) => entry.quarter === quarter))
    refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter });
  const [, table, extension] = asked as unknown as [string, 'scores' | 'lost', keyof typeof FORMATS | 'xlsx'];
  const statement = (table === 'scores' ? scoreTable : lostTable)(scope, ruleset, quarter);
  const name = `${quarter}-${ruleset}-${table}`;
  if (extension === 'xlsx') {
    const { scored } = parts.acts.project(ruleset).ruleSet;
    return tableResponse(parts, extension, periodTable(locale, figures, { table, statement, name, points: scored }));
  }
  const { format, type } = FORMATS[extension];
  const stream = await parts.reader.stream(`${statement.sql}\nFORMAT ${format}`, statement.params, SETTINGS);
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    headers: downloadHeaders(`${name}.${extension}`, type),
  });
};
