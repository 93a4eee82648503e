import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import {
  areaMeasures,
  type HeatAreaIndustry,
  heatAreaIndustry,
  heatAreaMonths,
  heatAreaSeries,
} from '@hengjian/models/queries/heat-area-industry.ts';
import { heatAreaTrend } from '@hengjian/models/queries/heat-area-trend.ts';
import { type HeatIndicator, heatIndicatorsOf } from '@hengjian/models/queries/heat-indicators.ts';
import { HEAT_SCALES, heatPeriods } from '@hengjian/models/queries/heat-scale.ts';
import { heatUnitWeeks } from '@hengjian/models/queries/heat-unit-weeks.ts';
import { seriesClasses } from '@hengjian/models/stats/series-classes.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { type AreaName, areaNames } from '#lib/server/area-names.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

/** The last day that the engine's dates know. */
const FOR_EVER = '2149-06-06';

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
  const usual = ids.includes('claim') ? 'claim' : (ids[0] ?? '');
  const asked = query.get('indicator') ?? '';
  return {
    indicator: ids.includes(asked) ? asked : usual,
    unit: query.get('unit') ?? '',
    scale: oneOf(HEAT_SCALES, query.get('scale')),
    month: query.get('month') ?? '',
    measure: oneOf(areaMeasures, query.get('measure') ?? 'penalties'),
    mode: oneOf(['rate', 'count'] as const, query.get('mode')),
    cell:
      query.has('area') && query.has('industry')
        ? { area: query.get('area')!.slice(0, 64), industry: query.get('industry')!.slice(0, 8) }
        : undefined,
  };
}

type Filter = ReturnType<typeof filterOf>;

/** The rows of the maps; days as epoch milliseconds, as charts read them. */
async function readMaps(locals: App.Locals, all: readonly HeatIndicator[], chosen: Chosen, filter: Filter) {
  const { figures, ruleset, scope } = locals;
  const [units, areas, trend] = await Promise.all([
    readUnits(locals, all, chosen, filter),
    readAreas(locals, chosen, filter),
    filter.cell ? figures.rows(heatAreaTrend(scope, { ruleset, ...filter.cell })) : [],
  ]);
  return { ...units, ...areas, months: trend.map((row) => ({ ...row, month: Date.parse(row.month) })) };
}

interface Chosen {
  quarter: string;
  until: string;
  /** Ids of all periods. */
  known: readonly string[];
}

async function readUnits(
  { figures, ruleset, scope }: App.Locals,
  all: readonly HeatIndicator[],
  { quarter, until, known }: Chosen,
  filter: Filter,
) {
  const { indicator, unit, scale } = filter;
  const shown = unit ? all : all.filter(({ id }) => id === indicator);
  const counts = shown.filter(({ kind }) => kind === 'count');
  const earlier = heatPeriods(known, quarter, scale).slice(1);
  const ofType = known.filter((id) => id.length === quarter.length && id !== quarter);
  const [weeks, series] = await Promise.all([
    figures.rows(
      heatUnitWeeks(scope, { ruleset, quarters: [quarter, ...earlier], until, indicators: shown, unit, scale }),
    ),
    // Of all units and periods, so that a colour means the same in each.
    counts.length > 0
      ? figures.rows(
          heatUnitWeeks(scope, {
            ...{ ruleset, quarters: [quarter, ...ofType] as const, until: FOR_EVER, scale },
            ...{ indicators: counts, unit: '' },
          }),
        )
      : [],
  ]);
  const amounts = counts.map(({ id }) => {
    const own = series.filter((row) => row.indicator === id);
    return [
      id,
      seriesClasses(own.map(({ numerator }) => ({ value: numerator, base: Number.POSITIVE_INFINITY }))),
    ] as const;
  });
  return {
    weeks: weeks.map((row) => ({ ...row, week: Date.parse(row.week) })),
    amounts: Object.fromEntries(amounts) as Record<string, number[]>,
  };
}

async function readAreas({ figures, ruleset, scope }: App.Locals, { quarter }: Chosen, filter: Filter) {
  const { measure, mode } = filter;
  const areaMonths = monthsOf(quarter);
  const areaMonth = areaMonths.find((month) => month === filter.month) ?? '';
  const asked = { ruleset, quarter, measure };
  const counted = measure === 'finding_rate' ? 'rate' : mode;
  if (areaMonth !== '') {
    const series = await figures.rows(heatAreaMonths(scope, asked));
    const areas = series.filter((row) => row.quarter === quarter && row.month.slice(0, 7) === areaMonth);
    return { areas, areaMonths, areaMonth, classes: areaClasses(series, counted) };
  }
  const [areas, series] = await Promise.all([
    figures.rows(heatAreaIndustry(scope, asked)),
    figures.rows(heatAreaSeries(scope, asked)),
  ]);
  return { areas, areaMonths, areaMonth, classes: areaClasses(series, counted) };
}

/** YYYY-MM, of a period that has several. */
function monthsOf(id: string): string[] {
  const period = parsePeriod(id);
  if (!period || period.type === 'month') return [];
  const [first, last] = [period.start, period.end].map((day) => Number(day.slice(5, 7))) as [number, number];
  return Array.from({ length: last - first + 1 }, (_, n) => `${id.slice(0, 4)}-${String(first + n).padStart(2, '0')}`);
}

/** Of all quarters (or months), so that a colour means the same in each: of counts, or of what stands against a hundred of the base. */
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
    ? await readMaps(locals, indicators, { quarter, until, known: quarters.map((one) => one.quarter) }, filter)
    : { weeks: [], amounts: {}, areas: [], areaMonths: [], areaMonth: '', classes: [], months: [] };
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
