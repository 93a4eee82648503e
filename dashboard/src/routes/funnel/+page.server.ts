import { funnel } from '@hengjian/models/queries/funnel.ts';
import type { FunnelFilter, FunnelStage, FunnelWeekRow } from '#lib/funnel/funnel-view.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { figures, locale, ruleset, scope } = locals;
  const { quarters, quarter, entry, on } = await quarterOf(locals, url);
  const name = translate(locale, 'shell.nav.funnel');
  const filter: FunnelFilter = { unit: url.searchParams.get('unit') ?? '', week: url.searchParams.get('week') ?? '' };
  const stage: FunnelStage = url.searchParams.get('stage') === 'feedback' ? 'feedback' : 'claim';
  const rows: FunnelWeekRow[] = [];
  if (!quarter) return { title: name, quarters, quarter: undefined, on, rows, filter, stage };
  if (!entry) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });
  // Of all units: they stay in sight when one of them is chosen.
  for (const row of await figures.rows(funnel(scope, { ruleset, quarter, on, unit: '' })))
    rows.push({ ...row, week: Date.parse(row.week) });
  return { title: `${formatQuarter(locale, quarter)} ${name}`, quarters, quarter, on, rows, filter, stage };
};
