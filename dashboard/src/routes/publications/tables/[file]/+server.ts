import { chainTable, yearTable } from '@hengjian/models/queries/publication-tables.ts';
import { error } from '@sveltejs/kit';
import { chainFile } from '#lib/downloads/chain-file.ts';
import { type EngineFormat, engineTable } from '#lib/downloads/engine-table.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { yearFile } from '#lib/downloads/year-file.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { translate } from '#lib/i18n/translate.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { shownYear } from '#lib/server/shown-year.ts';
import type { RequestHandler } from './$types';

/** `chain` and `year` as the pages of publications show them: `.xlsx` and `.csv`, and `.parquet` and `.arrow` written by the warehouse. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  holdMay(locals, 'publications');
  const { figures, locale, parts, scope } = locals;
  const asked = /^(chain|year)\.(parquet|arrow|xlsx|csv)$/.exec(params.file);
  if (!asked) error(404, translate(locale, 'error.no_page', { path: url.pathname }));
  const [, table, extension] = asked as unknown as [string, 'chain' | 'year', EngineFormat | 'xlsx' | 'csv'];
  const programs = extension === 'parquet' || extension === 'arrow';
  if (table === 'chain') {
    if (programs) return engineTable(parts, extension, await chainTable(figures.warehouse, scope), 'publications');
    return tableResponse(parts, extension, await chainFile(locale, figures));
  }
  const { year } = await shownYear(locals, url);
  const named = { ...year, units: namedIn(locale, year.units) };
  return programs
    ? engineTable(parts, extension, yearTable(named), `year-${year.year}`)
    : tableResponse(parts, extension, yearFile(locale, named));
};
