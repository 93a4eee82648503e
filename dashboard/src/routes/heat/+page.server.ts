import { areaMeasures } from '@hengjian/models/queries/heat-area-industry.ts';
import { heatIndicators } from '@hengjian/models/queries/heat-indicators.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

/** What is shown where the address names nothing, or nothing that exists. */
const oneOf = <Value extends string>(values: readonly Value[], asked: string | null): Value =>
  values.find((value) => value === asked) ?? values[0]!;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { quarters, quarter, entry, until } = await quarterOf(locals, url);
  const name = translate(locals.locale, 'shell.nav.heat');
  if (quarter && !entry) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });
  const query = url.searchParams;
  return {
    title: quarter ? `${formatQuarter(locals.locale, quarter)} ${name}` : name,
    quarters,
    quarter,
    until,
    areaLimited: locals.scope.areas !== 'all',
    indicators: heatIndicators.map(({ id, item }) => ({ id, item })),
    filter: {
      indicator: oneOf(
        heatIndicators.map(({ id }) => id),
        query.get('indicator') ?? 'claim',
      ),
      unit: query.get('unit') ?? '',
      measure: oneOf(areaMeasures, query.get('measure') ?? 'penalties'),
      mode: oneOf(['rate', 'count'] as const, query.get('mode')),
      cell:
        query.has('area') && query.has('industry')
          ? { area: query.get('area')!.slice(0, 64), industry: query.get('industry')!.slice(0, 8) }
          : undefined,
    },
  };
};
