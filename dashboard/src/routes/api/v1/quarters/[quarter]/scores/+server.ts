import { answerResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

/** Contract §5: the JSON of `score --json`, within the caller's scope. */
export const GET: RequestHandler = async ({ locals, params }) =>
  answerResponse(await locals.figures.scores(params.quarter));
