import { scoreMatrix } from '#lib/downloads/score-matrix.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { refusalResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { figures, locale, parts } = locals;
  const [answer, items] = await Promise.all([figures.scores(params.quarter), figures.items(params.quarter)]);
  if (!answer.ok) return refusalResponse(answer);
  return tableResponse(parts, 'xlsx', scoreMatrix(locale, answer.value, items, parts.ruleSets));
};
