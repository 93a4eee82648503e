import { assignTask } from '@hengjian/models/draw/task/assign-task.ts';
import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { takeStep, writeForAccount } from '../draw-step.ts';
import { holdMay } from '../hold-may.ts';
import { taskOf } from './task-of.ts';

/** Draws the inspectors from the library of the department that inspects. */
export async function assign({ locals, params, request }: RequestEvent<{ task: string }>) {
  holdMay(locals, 'draws', 'write');
  const { task } = await taskOf(locals, params.task);
  const form = await request.formData();
  const values = {
    day: String(form.get('day') ?? ''),
    team: String(form.get('team') ?? '2'),
    specialty: String(form.get('specialty') ?? '').trim(),
    expert: form.get('expert') === 'yes',
  };
  const team = Number(values.team);
  if (!Number.isInteger(team) || team < 2 || team > 20)
    return fail(400, { step: 'assign' as const, problem: translate(locals.locale, 'draws.wrong.team'), values });
  const stepped = await takeStep(locals, () =>
    assignTask(locals.parts.app, writeForAccount(locals), task, { ...values, team }),
  );
  if (!stepped.ok) return fail(400, { step: 'assign' as const, problem: stepped.problem, values });
  redirect(303, pathTo(`/draws/${encodeURIComponent(task)}#visits`));
}
