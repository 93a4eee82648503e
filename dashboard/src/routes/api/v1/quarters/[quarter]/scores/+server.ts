import { readScores } from '@hengjian/models/queries/read-scores.ts';
import { answerResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

/** Contract §5: the JSON of `score --json`, within the caller's scope. */
export const GET: RequestHandler = async ({ locals, params }) =>
  answerResponse(await readScores(locals.parts.figures, locals.scope, locals.ruleset, params.quarter));
