import { type AreaMeasure, heatAreaIndustry } from '@hengjian/models/queries/heat-area-industry.ts';
import { arrowResponse } from '#lib/server/arrow-response.ts';
import { problem } from '#lib/server/problem.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import type { RequestHandler } from './$types';

/** Events by area and industry section as an Arrow stream: `?quarter=2025Q2&measure=penalties`. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { quarter, entry } = await quarterOf(locals, url);
  if (!quarter || !entry) return problem(404, 'Not found', `There is no period ${quarter ?? ''} to show.`);
  const measure = (url.searchParams.get('measure') || 'registrations') as AreaMeasure;
  return arrowResponse(
    locals.figures.warehouse,
    heatAreaIndustry(locals.scope, { ruleset: locals.ruleset, quarter, measure }),
  );
};
