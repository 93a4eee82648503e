/** Changes after the draw: only with a reason and an approver, visible for ever. */

import { RECUSAL_GROUNDS } from '@hengjian/models/assignment/inspector.ts';
import { recuseFromTask } from '@hengjian/models/draw/task/assign-task.ts';
import { replaceObject } from '@hengjian/models/draw/task/replace-object.ts';
import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { takeStep, writeForAccount } from '../draw-step.ts';
import { holdMay } from '../hold-may.ts';
import { taskOf } from './task-of.ts';

type TaskEvent = RequestEvent<{ task: string }>;

/** The next of the reserve steps in for somebody who cannot be inspected. */
export async function replace({ locals, params, request }: TaskEvent) {
  return change({ locals, params, request }, 'replace', (task, { subject, reason, approver }) =>
    replaceObject(locals.parts.app, writeForAccount(locals), task, { from: subject, reason, approver }),
  );
}

/** An inspector’s place is drawn again. */
export async function recuse({ locals, params, request }: TaskEvent) {
  return change({ locals, params, request }, 'recuse', (task, { subject, inspector, ground, reason, approver }) =>
    recuseFromTask(locals.parts.app, writeForAccount(locals), task, {
      subject,
      from: inspector,
      ground: RECUSAL_GROUNDS.find((known) => known === ground) ?? 'after_draw',
      reason,
      approver,
    }),
  );
}

type Values = Record<'subject' | 'inspector' | 'ground' | 'reason' | 'approver', string>;

async function change(
  { locals, params, request }: Pick<TaskEvent, 'locals' | 'params' | 'request'>,
  step: 'replace' | 'recuse',
  act: (task: string, values: Values) => Promise<unknown>,
) {
  holdMay(locals, 'draws', 'write');
  const { task } = await taskOf(locals, params.task);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const [subject = '', inspector = text('inspector')] = text('subject').split('\t');
  const values = { subject, inspector, ground: text('ground'), reason: text('reason'), approver: text('approver') };
  if (values.reason === '' || values.approver === '')
    return fail(400, { step, problem: translate(locals.locale, 'draws.wrong.reason'), values });
  const stepped = await takeStep(locals, () => act(task, values));
  if (!stepped.ok) return fail(400, { step, problem: stepped.problem, values });
  redirect(303, pathTo(`/draws/${encodeURIComponent(task)}#changes`));
}
