import { heatIndicatorsOf } from '@hengjian/models/queries/heat-indicators.ts';
import { type HeatScale, heatPeriods } from '@hengjian/models/queries/heat-scale.ts';
import { heatUnitWeeks } from '@hengjian/models/queries/heat-unit-weeks.ts';
import { arrowResponse } from '#lib/server/arrow-response.ts';
import { problem } from '#lib/server/problem.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import type { RequestHandler } from './$types';

/** Figures by week, month or quarter as an Arrow stream: `?quarter=2025Q2&indicator=<id, optional>&unit=<id, optional>&scale=week`. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { quarters, quarter, entry, until } = await quarterOf(locals, url);
  if (!quarter || !entry) return problem(404, 'Not found', `There is no period ${quarter ?? ''} to show.`);
  const asked = url.searchParams.get('indicator');
  const all = heatIndicatorsOf(quarterRules(locals, quarter));
  const indicators = asked ? all.filter(({ id }) => id === asked) : all;
  if (indicators.length === 0)
    return problem(404, 'Not found', `indicator is one of ${all.map(({ id }) => id).join(', ')}.`);
  const unit = url.searchParams.get('unit') ?? '';
  const scale = (url.searchParams.get('scale') || 'week') as HeatScale;
  const known = quarters.map((one) => one.quarter);
  const earlier = heatPeriods(known, quarter, scale).slice(1);
  return arrowResponse(
    locals.figures.warehouse,
    heatUnitWeeks(locals.scope, {
      ruleset: locals.ruleset,
      quarters: [quarter, ...earlier],
      until,
      indicators,
      unit,
      scale,
    }),
  );
};
