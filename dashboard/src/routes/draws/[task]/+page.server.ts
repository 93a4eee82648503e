import { personName, seesPersons } from '@hengjian/contract/natural-persons.ts';
import { may } from '@hengjian/contract/permissions.ts';
import { shownText } from '@hengjian/contract/personal-numbers.ts';
import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { readAdjustments } from '@hengjian/models/draw/task/adjustments.ts';
import { readAttempts } from '@hengjian/models/draw/task/attempts.ts';
import { readLibrary } from '@hengjian/models/draw/task/library.ts';
import { readTeams } from '@hengjian/models/draw/task/read-teams.ts';
import { repeatTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { unfitInspectors } from '@hengjian/models/draw/task/unfit-inspectors.ts';
import { verifyTaskRecord } from '@hengjian/models/draw/task/verify-task-record.ts';
import { visitsOfTask } from '@hengjian/models/queries/draws/visits-of-task.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { industryName } from '#lib/charts/heat-area-industry/industry-sections.ts';
import { publishedAttempt } from '#lib/draws/published-attempt.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { takeStep } from '#lib/server/draw-step.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { resultDeadlines } from '#lib/server/result-deadline.ts';
import { announce } from '#lib/server/task-steps/announce.ts';
import { assign } from '#lib/server/task-steps/assign.ts';
import { recuse, replace } from '#lib/server/task-steps/change.ts';
import { publish } from '#lib/server/task-steps/publish.ts';
import { drandRound, run } from '#lib/server/task-steps/run.ts';
import { taskOf } from '#lib/server/task-steps/task-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  holdMay(locals, 'draws');
  depends('hengjian:data');
  const { parts, scope } = locals;
  const task = await taskOf(locals, params.task);
  const attempts = await readAttempts(parts.reader, task.task);
  const last = attempts.findLast(({ executed }) => executed);
  const units = [task.lead, ...task.participants];
  const department = attempts.at(-1)?.department ?? task.lead;
  const [visits, adjustments, teams, library] = await Promise.all([
    readRows(parts.reader, visitsOfTask(scope, { task: task.task, year: task.year, units })),
    last ? readAdjustments(parts.reader, task.task, last.number) : [],
    readTeams(parts.reader, { task: task.task }),
    readLibrary(parts.reader, { units: [department], year: task.year }),
  ]);
  const unfit = last && teams[0] ? await unfitInspectors(parts.reader, last, teams[0], teams[0].visits) : [];
  const seesTiers = may(scope, 'tiers');
  const areaName = areaNames(locals);
  const deadlineOf = resultDeadlines(locals);
  const personOf = (id: string) => personName(scope, library.find((entry) => entry.id === id)?.name ?? id);
  return {
    title: task.title || task.task,
    task,
    department,
    names: departmentNames(locals),
    attempts: attempts.map(publishedAttempt),
    adjustments: adjustments.map((note) => ({
      ...note,
      reason: shownText(scope, note.reason),
      // Of a recusal, persons; of a replacement, enterprises, which the list names.
      from: note.subject === undefined ? note.from : personOf(note.from),
      to: note.subject === undefined ? note.to : personOf(note.to),
    })),
    day: teams[0]?.day,
    visits: visits.map((visit) => ({
      ...visit,
      areaName: visit.area && areaName(visit.area),
      // A unit knows of a subject what it did itself: nothing before it was there.
      opens:
        may(scope, 'subjects') && (scope.units === 'all' || (visit.done_on !== '' && scope.units.includes(department))),
      deadline: visit.done_on ? deadlineOf(visit.done_on) : '',
      team: (teams[0]?.visits.find(({ subject }) => subject === visit.subject)?.inspectors ?? []).map((id) => ({
        // Only forms need it, and an office may take a name for one.
        id: seesPersons(scope) ? id : '',
        name: personOf(id),
      })),
      unfit: unfit.filter(({ subject }) => subject === visit.subject).map(({ inspector }) => personOf(inspector)),
      drawnFor: teams[0]?.visits.find(({ subject }) => subject === visit.subject)?.drawnFor ?? visit.subject,
    })),
    inspectors: library.filter(({ active }) => active).length,
    seesTiers,
    detail: seesTiers && last && url.searchParams.has('detail') ? await detailOf(locals, task.task) : undefined,
    checks: last && url.searchParams.has('verify') ? await checksOf(locals, task.task, personOf) : undefined,
    mayWrite: may(scope, 'draws', 'write'),
    mayPublish: may(scope, 'results', 'write') && (scope.units === 'all' || scope.units.includes(department)),
    submission: newSubmission(),
    now: new Date().toISOString(),
  };
};

/** With tiers: for who may see those. */
async function detailOf(locals: App.Locals, task: string) {
  const stepped = await takeStep(locals, () => repeatTaskDraw(locals.parts.reader, task));
  if (!stepped.ok) return { problem: stepped.problem };
  const { cells, reserve, selected } = stepped.value;
  const areaName = areaNames(locals);
  // Area, section of industry, tier: of these the task has the last and may have the others.
  const named = (key: readonly string[]) =>
    key.map((value, at) => {
      if (at === key.length - 1) return value;
      return isAreaCode(value) ? areaName(value) : industryName(value, locals.locale);
    });
  const unit = ({ id, cell, rank }: (typeof reserve)[number]) => ({ id, rank, key: named(cells[cell]!.key) });
  return {
    cells: cells.map(({ key, N, expected, n, pi }) => ({ key: named(key), N, expected, n, pi })),
    selected: selected.map(unit),
    reserve: reserve.map(unit),
  };
}

async function checksOf(locals: App.Locals, task: string, personOf: (id: string) => string) {
  const { reader } = locals.parts;
  const stepped = await takeStep(locals, async () =>
    verifyTaskRecord(reader, task, await repeatTaskDraw(reader, task), personOf),
  );
  if (!stepped.ok) return [{ name: 'record', finding: '', problem: stepped.problem }];
  return stepped.value.map(({ name, finding, problem }) => ({
    name,
    // They quote the reasons of changes.
    finding: shownText(locals.scope, finding),
    problem: problem && shownText(locals.scope, problem),
  }));
}

export const actions: Actions = { run, drandRound, assign, replace, recuse, announce, publish };
