import { heatAreaTrend } from '@hengjian/models/queries/heat-area-trend.ts';
import { arrowResponse } from '#lib/server/arrow-response.ts';
import { problem } from '#lib/server/problem.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import type { RequestHandler } from './$types';

/** Months of one cell of the area map, all quarters, as an Arrow stream: `?area=320671001&industry=C` ('' = unknown). */
export const GET: RequestHandler = async ({ locals, url }) => {
  if ((await quarterOf(locals, url)).quarters.length === 0)
    return problem(404, 'Not found', 'There are no quarters yet.');
  const area = url.searchParams.get('area') ?? '';
  const industry = url.searchParams.get('industry') ?? '';
  return arrowResponse(
    locals.figures.warehouse,
    heatAreaTrend(locals.scope, { ruleset: locals.ruleset, area, industry }),
  );
};
