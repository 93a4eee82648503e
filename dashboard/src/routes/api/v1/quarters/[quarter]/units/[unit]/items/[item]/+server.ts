import { readExplanation } from '@hengjian/models/queries/read-explanation.ts';
import { answerResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

/** Contract §5: the JSON of `explain --json`, within the caller's scope. */
export const GET: RequestHandler = async ({ locals, params }) =>
  answerResponse(
    await readExplanation(locals.parts.figures, locals.scope, locals.ruleset, params.quarter, params.unit, params.item),
  );
