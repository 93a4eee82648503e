import type { Answer } from '@hengjian/models/queries/answer.ts';
import { problem } from './problem.ts';

/** A query's answer as the API gives it: the value as JSON, or why not as problem details. */
export function answerResponse(answer: Answer<unknown>): Response {
  return answer.ok ? Response.json(answer.value) : refusalResponse(answer);
}

export function refusalResponse({ reason, detail }: Extract<Answer<unknown>, { ok: false }>): Response {
  return reason === 'forbidden' ? problem(403, 'Forbidden', detail) : problem(404, 'Not Found', detail);
}
