import { loopStages } from '@hengjian/models/queries/loop-stages.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { ratePageOf } from '#lib/server/rate-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { figures, locale, ruleset, scope } = locals;
  const name = translate(locale, 'shell.nav.loop');
  const { quarters, quarter, present } = await ratePageOf(locals, url, 'loop');
  const empty = { title: name, quarters, quarter, present, limited: false, unit: '', items: [], rows: [] };
  if (!present || !quarter) return empty;
  const [rows, items] = await Promise.all([
    figures.rows(loopStages(scope, { ruleset, quarter })),
    figures.items(quarter),
  ]);
  return {
    ...empty,
    title: `${formatQuarter(locale, quarter)} ${name}`,
    limited: scope.areas !== 'all',
    unit: url.searchParams.get('unit') ?? '',
    // In the order of the rule set.
    items: items.filter(({ item }) => rows.some((row) => row.item === item)),
    rows,
  };
};
