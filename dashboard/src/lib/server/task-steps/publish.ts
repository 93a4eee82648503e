import { readAttempts } from '@hengjian/models/draw/task/attempts.ts';
import { visitsOfTask } from '@hengjian/models/queries/draws/visits-of-task.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { holdMay } from '../hold-may.ts';
import { recordEvents } from '../record-events.ts';
import { taskOf } from './task-of.ts';

/** Results that were entered are made public, those that were ticked. */
export async function publish({ locals, params, request }: RequestEvent<{ task: string }>) {
  holdMay(locals, 'results', 'write');
  const { parts, scope, locale } = locals;
  const task = await taskOf(locals, params.task);
  const form = await request.formData();
  const chosen = new Set(form.getAll('subject').map(String));
  const units = [task.lead, ...task.participants];
  const visits = await readRows(parts.reader, visitsOfTask(scope, { task: task.task, year: task.year, units }));
  const ready = visits.filter(
    ({ subject, entered_on, published_on }) => chosen.has(subject) && entered_on && !published_on,
  );
  const refused = (problem: string) => fail(400, { step: 'publish' as const, problem });
  if (ready.length === 0) return refused(translate(locale, 'draws.wrong.publish'));
  const department = (await readAttempts(parts.reader, task.task)).at(-1)?.department ?? task.lead;
  const drafts = ready.map(({ subject, area }) => ({
    type: 'result.published',
    department,
    subject,
    ...(area ? { region: area } : {}),
    data: { task_id: task.task },
  }));
  const recorded = await recordEvents(locals, drafts, form.get('submission'));
  if (!recorded.ok)
    return refused(translate(locale, 'draws.problem.other', { detail: recorded.problems[0]?.detail ?? '' }));
  return { step: 'publish' as const, published: ready.length };
}
