import { publishRecord } from '@hengjian/models/draw/publish-record.ts';
import { repeatTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { error } from '@sveltejs/kit';
import { takeStep } from '#lib/server/draw-step.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { taskOf } from '#lib/server/task-steps/task-of.ts';
import type { RequestHandler } from './$types';

/** The public record of the task’s last draw: no tier of anybody. */
export const GET: RequestHandler = async ({ locals, params }) => {
  holdMay(locals, 'draws', 'export');
  const { task } = await taskOf(locals, params.task);
  const stepped = await takeStep(locals, () => repeatTaskDraw(locals.parts.reader, task));
  if (!stepped.ok) error(404, stepped.problem);
  return new Response(`${JSON.stringify(publishRecord(stepped.value))}\n`, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="draw.json"; filename*=UTF-8''${encodeURIComponent(`${task}.public.json`)}`,
    },
  });
};
