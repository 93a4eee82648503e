import { backfillDays } from '@hengjian/models/queries/backfill-days.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { ratePageOf } from '#lib/server/rate-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { figures, locale, ruleset, scope } = locals;
  const name = translate(locale, 'shell.nav.backfill');
  const { quarters, quarter, present, until } = await ratePageOf(locals, url, 'backfill');
  const empty = { title: name, quarters, quarter, present, limited: false, until, unit: '', items: [], rows: [] };
  if (!present || !quarter) return empty;
  const [rows, items] = await Promise.all([
    figures.rows(backfillDays(scope, { ruleset, quarter })),
    figures.items(quarter),
  ]);
  return {
    ...empty,
    title: `${formatQuarter(locale, quarter)} ${name}`,
    limited: scope.areas !== 'all',
    unit: url.searchParams.get('unit') ?? '',
    items: items.filter(({ item }) => rows.some((row) => row.item === item)),
    rows,
  };
};
