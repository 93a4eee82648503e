import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { completeCodes } from '@hengjian/models/inspections/result-codes.ts';
import { type OwnVisit, ownVisits } from '@hengjian/models/queries/draws/own-visits.ts';
import { error, fail } from '@sveltejs/kit';
import { legalDay } from '#lib/draws/legal-day.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { newSubmission, recordEvents } from '#lib/server/record-events.ts';
import { resultDeadlines, resultWorkdays } from '#lib/server/result-deadline.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  holdMay(locals, 'own_tasks');
  depends('hengjian:data');
  const visit = await ownVisit(locals, params);
  return {
    title: visit.name || visit.subject,
    visit,
    department: unitName(departmentNames(locals), visit.department),
    workdays: resultWorkdays(locals)(legalDay()),
    deadline: visit.done_on ? resultDeadlines(locals)(visit.done_on) : '',
    today: legalDay(),
    submission: newSubmission(),
  };
};

/** Only a visit that was drawn for this person. @throws 404 for every other */
async function ownVisit(locals: App.Locals, { task, subject }: { task: string; subject: string }): Promise<OwnVisit> {
  const visits = await ownVisits(locals.parts.reader, locals.scope, Number(legalDay().slice(0, 4)));
  const visit = visits.find((candidate) => candidate.task === task && candidate.subject === subject);
  if (!visit)
    error(404, translate(locals.locale, 'tasks.unknown'), {
      wayOut: translate(locals.locale, 'tasks.unknown.way_out'),
    });
  return visit;
}

export const actions: Actions = {
  /** The visit and what it found; entered again, the last entry counts. */
  result: async ({ locals, params, request }) => {
    holdMay(locals, 'own_tasks', 'write');
    const visit = await ownVisit(locals, params);
    const form = await request.formData();
    const chosen = form.getAll('code').map(String);
    const day = String(form.get('done_on') ?? '');
    const note = String(form.get('note') ?? '').trim();
    const values = { chosen, day, note };
    const { locale } = locals;
    const refused = (field: string, problem: string) => fail(400, { values, field, problem });
    if (!isCalendarDay(day) || day > legalDay()) return refused('done_on', translate(locale, 'tasks.wrong.day'));
    const completed = completeCodes(chosen);
    if (completed.problem) return refused('code', translate(locale, `tasks.wrong.codes.${completed.problem}`));
    const about = {
      department: visit.department,
      subject: visit.subject,
      ...(visit.area ? { region: visit.area } : {}),
    };
    const drafts = [
      // A visit is carried out once; corrections of the result change nothing about it.
      ...(visit.done_on
        ? []
        : [
            {
              ...about,
              type: 'inspection.done',
              time: `${day}T${day === legalDay() ? clock() : '17:00:00'}+08:00`,
              data: { task_id: visit.task, inspectors: visit.team.map(({ id }) => id) },
            },
          ]),
      {
        ...about,
        type: 'result.entered',
        data: { task_id: visit.task, codes: completed.codes, ...(note ? { note } : {}) },
      },
    ];
    const recorded = await recordEvents(locals, drafts, form.get('submission'));
    if (!recorded.ok)
      return refused('', translate(locale, 'draws.problem.other', { detail: recorded.problems[0]?.detail ?? '' }));
    return { entered: true };
  },
};

/** Now on the legal clock, HH:MM:SS. */
function clock(): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' }).format(new Date());
}
