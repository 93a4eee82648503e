import { explanationJson } from '@hengjian/models/queries/explanation-json.ts';
import { refusalResponse } from '#lib/server/answer-response.ts';
import { textStream } from '#lib/server/text-stream.ts';
import type { RequestHandler } from './$types';

/** Contract §5: the JSON of `explain --json`, within the caller's scope. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const answer = await locals.figures.openExplanation(params.quarter, params.unit, params.item);
  if (!answer.ok) return refusalResponse(answer);
  return new Response(textStream(explanationJson(answer.value)), { headers: { 'content-type': 'application/json' } });
};
