import { funnel } from '@hengjian/models/queries/funnel.ts';
import { arrowResponse } from '#lib/server/arrow-response.ts';
import { problem } from '#lib/server/problem.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import type { RequestHandler } from './$types';

/** Pushes of a period by unit, week and state as an Arrow stream: `?quarter=2025Q2&unit=<id, optional>`. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { quarter, entry, on } = await quarterOf(locals, url);
  if (!quarter || !entry) return problem(404, 'Not found', `There is no period ${quarter ?? ''} to show.`);
  const unit = url.searchParams.get('unit') ?? '';
  return arrowResponse(locals.figures.warehouse, funnel(locals.scope, { ruleset: locals.ruleset, quarter, on, unit }));
};
