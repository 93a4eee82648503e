import {
  areaMeasures,
  type HeatAreaIndustry,
  heatAreaIndustry,
  heatAreaSeries,
} from '@hengjian/models/queries/heat-area-industry.ts';
import { heatAreaTrend } from '@hengjian/models/queries/heat-area-trend.ts';
import { type HeatIndicator, heatIndicatorsOf } from '@hengjian/models/queries/heat-indicators.ts';
import { heatUnitWeeks } from '@hengjian/models/queries/heat-unit-weeks.ts';
import { seriesClasses } from '@hengjian/models/stats/series-classes.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { type AreaName, areaNames } from '#lib/server/area-names.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

/** By code, of the areas on the map. */
const namesOf = (rows: readonly { area: string }[], cell: string | undefined, name: AreaName): Record<string, string> =>
  Object.fromEntries(
    [...new Set([...rows.map(({ area }) => area), cell ?? ''])]
      .filter((code) => code !== '')
      .map((code) => [code, name(code)]),
  );

/** What is shown where the address names nothing, or nothing that exists. */
const oneOf = <Value extends string>(values: readonly Value[], asked: string | null): Value =>
  values.find((value) => value === asked) ?? values[0]!;

function filterOf(query: URLSearchParams, indicators: readonly HeatIndicator[]) {
  const ids = indicators.map(({ id }) => id);
  const usual = ids.includes('claim') ? 'claim' : ids[0]!;
  const asked = query.get('indicator') ?? '';
  return {
    indicator: ids.includes(asked) ? asked : usual,
    unit: query.get('unit') ?? '',
    measure: oneOf(areaMeasures, query.get('measure') ?? 'penalties'),
    mode: oneOf(['rate', 'count'] as const, query.get('mode')),
    cell:
      query.has('area') && query.has('industry')
        ? { area: query.get('area')!.slice(0, 64), industry: query.get('industry')!.slice(0, 8) }
        : undefined,
  };
}

/** The rows of the maps; days as epoch milliseconds, as charts read them. */
async function readMaps(
  { figures, ruleset, scope }: App.Locals,
  all: readonly HeatIndicator[],
  quarter: string,
  until: string,
  { indicator, unit, measure, mode, cell }: ReturnType<typeof filterOf>,
) {
  const indicators = unit ? all : all.filter(({ id }) => id === indicator);
  const [weeks, areas, series, months] = await Promise.all([
    figures.rows(heatUnitWeeks(scope, { ruleset, quarter, until, indicators, unit })),
    figures.rows(heatAreaIndustry(scope, { ruleset, quarter, measure })),
    figures.rows(heatAreaSeries(scope, { ruleset, quarter, measure })),
    cell ? figures.rows(heatAreaTrend(scope, { ruleset, ...cell })) : [],
  ]);
  return {
    weeks: weeks.map((row) => ({ ...row, week: Date.parse(row.week) })),
    areas,
    classes: areaClasses(series, measure === 'finding_rate' ? 'rate' : mode),
    months: months.map((row) => ({ ...row, month: Date.parse(row.month) })),
  };
}

/** Of all quarters, so that a colour means the same in each: of counts, or of what stands against a hundred of the base. */
function areaClasses(series: readonly HeatAreaIndustry[], mode: 'rate' | 'count'): number[] {
  return seriesClasses(
    series.map(({ events, base }) =>
      mode === 'count'
        ? { value: events, base: Number.POSITIVE_INFINITY }
        : { value: base > 0 ? (100 * events) / base : null, base },
    ),
  );
}

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { quarters, quarter, entry, until } = await quarterOf(locals, url);
  const name = translate(locals.locale, 'shell.nav.heat');
  if (quarter && !entry) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });
  const indicators = heatIndicatorsOf(quarterRules(locals, quarter));
  const filter = filterOf(url.searchParams, indicators);
  const maps = quarter
    ? await readMaps(locals, indicators, quarter, until, filter)
    : { weeks: [], areas: [], classes: [], months: [] };
  return {
    title: quarter ? `${formatQuarter(locals.locale, quarter)} ${name}` : name,
    quarters,
    quarter,
    until,
    areaLimited: locals.scope.areas !== 'all',
    indicators,
    filter,
    ...maps,
    areaNames: namesOf(maps.areas, filter.cell?.area, areaNames(locals)),
  };
};
