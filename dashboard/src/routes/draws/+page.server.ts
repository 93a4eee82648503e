import { may } from '@hengjian/contract/permissions.ts';
import { listDrawTasks, listYearPlans, TASK_STATES } from '@hengjian/models/queries/draws/list-draw-tasks.ts';
import { overInspected, VISITS_A_YEAR } from '@hengjian/models/queries/draws/over-inspected.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { fail } from '@sveltejs/kit';
import { openLists } from '#lib/downloads/open-lists.ts';
import { legalDay } from '#lib/draws/legal-day.ts';
import { translate } from '#lib/i18n/translate.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { namedUnits } from '#lib/server/draw-units.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { newSubmission, recordEvents } from '#lib/server/record-events.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_SIZE = 50;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  holdMay(locals, 'draws');
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const today = legalDay();
  const year = yearOf(url.searchParams.get('year')) ?? Number(today.slice(0, 4));
  const state = TASK_STATES.find((known) => known === url.searchParams.get('state')) ?? '';
  const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1);
  const [tasks, plans, often] = await Promise.all([
    readRows(parts.reader, listDrawTasks(scope, { year, state, limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE })),
    readRows(parts.reader, listYearPlans(scope, year)),
    readRows(parts.reader, overInspected(scope, { day: today, limit: VISITS_A_YEAR, rows: 20 })),
  ]);
  return {
    title: translate(locale, 'draws.title'),
    year,
    thisYear: Number(today.slice(0, 4)),
    state,
    page,
    more: tasks.length > PAGE_SIZE,
    tasks: tasks.slice(0, PAGE_SIZE),
    plans,
    often,
    oftenLimit: VISITS_A_YEAR,
    today,
    units: namedUnits(locals),
    names: departmentNames(locals),
    mayWrite: may(scope, 'draws', 'write'),
    lists: openLists(scope, ['plans', 'tasks', 'draw', 'results']),
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  plan: async ({ locals, request }) => {
    holdMay(locals, 'draws', 'write');
    const form = await request.formData();
    const unit = String(form.get('unit') ?? '');
    const year = yearOf(String(form.get('year') ?? ''));
    const plan = String(form.get('plan') ?? '').trim();
    const values = { unit, year: String(form.get('year') ?? ''), plan };
    const { locale } = locals;
    if (!namedUnits(locals).some(({ id }) => id === unit))
      return fail(400, { values, problem: translate(locale, 'draws.wrong.unit') });
    if (!year) return fail(400, { values, problem: translate(locale, 'draws.wrong.year') });
    if (plan === '' || plan.length > 128) return fail(400, { values, problem: translate(locale, 'draws.wrong.plan') });
    const draft = { type: 'plan.filed', department: unit, data: { plan_id: plan, year } };
    const recorded = await recordEvents(locals, [draft], form.get('submission'));
    if (!recorded.ok)
      return fail(400, {
        values,
        problem: translate(locale, 'draws.problem.other', { detail: recorded.problems[0]?.detail ?? '' }),
      });
    return { planned: plan };
  },
};

function yearOf(text: string | null): number | undefined {
  return text && /^20\d\d$/.test(text) ? Number(text) : undefined;
}
