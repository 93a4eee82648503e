import { lostRows } from '#lib/downloads/lost-rows.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { refusalResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params: { quarter, unit, item } }) => {
  const { figures, locale, parts } = locals;
  const answer = await figures.openExplanation(quarter, unit, item);
  return answer.ok ? tableResponse(parts, 'csv', lostRows(locale, answer.value)) : refusalResponse(answer);
};
