import { proveUnit } from '@hengjian/models/draw/prove-unit.ts';
import { lastExecuted } from '@hengjian/models/draw/task/attempts.ts';
import { repeatTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { storedFrameSource } from '@hengjian/models/draw/task/stored-frame-source.ts';
import { error } from '@sveltejs/kit';
import { takeStep } from '#lib/server/draw-step.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { taskOf } from '#lib/server/task-steps/task-of.ts';
import type { RequestHandler } from './$types';

/** What one enterprise needs to check itself, drawn or not. It holds that enterprise’s tier, so only who sees tiers hands it out. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  holdMay(locals, 'draws', 'export');
  holdMay(locals, 'tiers');
  const { task } = await taskOf(locals, params.task);
  const { reader } = locals.parts;
  const id = (url.searchParams.get('subject') ?? '').trim().toUpperCase();
  const stepped = await takeStep(locals, async () => {
    const record = await repeatTaskDraw(reader, task);
    const attempt = (await lastExecuted(reader, task))!;
    return proveUnit(record, storedFrameSource(reader, attempt.frameId), id);
  });
  if (!stepped.ok) error(404, stepped.problem);
  return new Response(`${JSON.stringify(stepped.value)}\n`, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="proof.json"; filename*=UTF-8''${encodeURIComponent(`${task}.${id}.proof.json`)}`,
    },
  });
};
