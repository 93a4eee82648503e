import { publishTaskDraw } from '@hengjian/models/draw/task/publish-task-draw.ts';
import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { pathTo } from '#lib/path-to.ts';
import { takeStep, writeForAccount } from '../draw-step.ts';
import { holdMay } from '../hold-may.ts';
import { taskOf } from './task-of.ts';

/** The record of the draw is made public. */
export async function announce({ locals, params }: RequestEvent<{ task: string }>) {
  holdMay(locals, 'draws', 'write');
  const { task } = await taskOf(locals, params.task);
  const stepped = await takeStep(locals, () => publishTaskDraw(locals.parts.app, writeForAccount(locals), task));
  if (!stepped.ok) return fail(400, { step: 'announce' as const, problem: stepped.problem });
  redirect(303, pathTo(`/draws/${encodeURIComponent(task)}#proof`));
}
