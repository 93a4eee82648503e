import type { HeatAreaIndustry } from '@hengjian/models/queries/heat-area-industry.ts';
import type { HeatAreaMonth } from '@hengjian/models/queries/heat-area-trend.ts';
import { fetchArrow } from '#lib/charts/fetch-arrow.ts';
import type { HeatUnitWeekRow } from '#lib/heat/unit-week-cells.ts';
import { pathTo } from '#lib/path-to.ts';
import type { PageLoad } from './$types';

type MonthRow = Omit<HeatAreaMonth, 'month'> & { month: number };

export const load: PageLoad = async ({ data, fetch }) => {
  const { quarter, filter } = data;
  if (!quarter) return { ...data, weeks: [], areas: [], months: [] };
  const get = <Row>(path: string, query: Record<string, string>) =>
    fetchArrow<Row>(fetch, pathTo(`/api/v1/heat/${path}?${new URLSearchParams(query)}`));
  const [weeks, areas, months] = await Promise.all([
    get<HeatUnitWeekRow>('units', {
      quarter,
      ...(filter.unit ? { unit: filter.unit } : { indicator: filter.indicator }),
    }),
    get<HeatAreaIndustry>('areas', { quarter, measure: filter.measure }),
    filter.cell ? get<MonthRow>('months', filter.cell) : [],
  ]);
  return { ...data, weeks, areas, months };
};
