import { publishRecord } from '@hengjian/models/draw/publish-record.ts';
import { lastExecuted, readAttempts } from '@hengjian/models/draw/task/attempts.ts';
import { repeatTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { visitsOfTask } from '@hengjian/models/queries/draws/visits-of-task.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { publishedAttempt } from '#lib/draws/published-attempt.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { takeStep } from '#lib/server/draw-step.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { taskOf } from '#lib/server/task-steps/task-of.ts';
import type { PageServerLoad } from './$types';

/** What witnesses see: only what is public, whoever has the screen up. The draw is repeated from the frozen frame. */
export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  holdMay(locals, 'draws');
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const task = await taskOf(locals, params.task);
  const attempts = await readAttempts(parts.reader, task.task);
  const attempt = attempts.at(-1);
  const department = attempt?.department ?? task.lead;
  const base = {
    title: `${translate(locale, 'draws.screen')} · ${task.title || task.task}`,
    task: task.task,
    name: task.title || task.task,
    department: unitName(departmentNames(locals), department),
    attempt: attempt && publishedAttempt(attempt),
    step: Math.max(0, Math.trunc(Number(url.searchParams.get('step'))) || 0),
  };
  const drawn = attempt?.executed && (await lastExecuted(parts.reader, task.task));
  if (!drawn) return { ...base, record: undefined, problem: undefined };
  const stepped = await takeStep(locals, () => repeatTaskDraw(parts.reader, task.task));
  if (!stepped.ok) return { ...base, record: undefined, problem: stepped.problem };
  const { strata, selected, seed, result_hash } = publishRecord(stepped.value);
  const visits = await readRows(
    parts.reader,
    visitsOfTask(scope, { task: task.task, year: task.year, units: [task.lead, ...task.participants] }),
  );
  const names = new Map(visits.map(({ subject, name }) => [subject, name]));
  return {
    ...base,
    problem: undefined,
    record: {
      strata,
      seed,
      resultHash: result_hash,
      // Sorted by id: the order of the keys would show tiers.
      selected: selected.map((id) => ({ id, name: names.get(id) ?? '' })),
    },
  };
};
