import { funnel } from '@hengjian/models/queries/funnel.ts';
import { funnelItems } from '@hengjian/models/ruleset/funnel-items.ts';
import type { FunnelFilter, FunnelStage, FunnelWeekRow } from '#lib/funnel/funnel-view.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { ratePageOf } from '#lib/server/rate-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { figures, locale, ruleset, scope } = locals;
  const { quarters, quarter, on, present } = await ratePageOf(locals, url, 'funnel');
  const name = translate(locale, 'shell.nav.funnel');
  const filter: FunnelFilter = { unit: url.searchParams.get('unit') ?? '', week: url.searchParams.get('week') ?? '' };
  const rows: FunnelWeekRow[] = [];
  const items = funnelItems(quarterRules(locals, quarter));
  const stage: FunnelStage = items.feedback && url.searchParams.get('stage') === 'feedback' ? 'feedback' : 'claim';
  const common = { present, quarters, on, rows, filter, stage, items };
  if (!present || !quarter) return { title: name, ...common, quarter: undefined };
  // Of all units: they stay in sight when one of them is chosen.
  for (const row of await figures.rows(funnel(scope, { ruleset, quarter, on, unit: '' })))
    rows.push({ ...row, week: Date.parse(row.week) });
  return { title: `${formatQuarter(locale, quarter)} ${name}`, ...common, quarter };
};
