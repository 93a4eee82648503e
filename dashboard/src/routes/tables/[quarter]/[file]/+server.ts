import { lostTable, scoreTable } from '@hengjian/models/queries/score-tables.ts';
import { error } from '@sveltejs/kit';
import { type EngineFormat, engineTable } from '#lib/downloads/engine-table.ts';
import { periodTable } from '#lib/downloads/period-table.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { translate } from '#lib/i18n/translate.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { RequestHandler } from './$types';

/** `scores` and `lost` of a period: `.parquet` and `.arrow` written by the warehouse, as a stream; `.xlsx` and `.csv` with the words of the pages. `lost` also of one unit or item. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { figures, locale, parts, scope, ruleset } = locals;
  const { quarter } = params;
  const asked = /^(scores|lost)\.(parquet|arrow|xlsx|csv)$/.exec(params.file);
  if (!asked) error(404, translate(locale, 'error.no_page', { path: url.pathname }));
  if (!(await figures.periods()).some((entry) => entry.quarter === quarter))
    refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter });
  const [, table, extension] = asked as unknown as [string, 'scores' | 'lost', EngineFormat | 'xlsx' | 'csv'];
  const of = { unit: url.searchParams.get('unit') ?? '', item: url.searchParams.get('item') ?? '' };
  const statement = table === 'scores' ? scoreTable(scope, ruleset, quarter) : lostTable(scope, ruleset, quarter, of);
  const narrowed = table === 'lost' ? Object.values(of).filter((one) => one !== '') : [];
  const name = [quarter, ruleset, table, ...narrowed].join('-');
  if (extension === 'xlsx' || extension === 'csv') {
    const { scored } = parts.acts.project(ruleset).ruleSet;
    return tableResponse(parts, extension, periodTable(locale, figures, { table, statement, name, points: scored }));
  }
  return engineTable(parts, extension, statement, name);
};
