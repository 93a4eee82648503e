import { isDay } from '@hengjian/models/calendar/day.ts';
import { unitCalendar, workdaysLeft } from '@hengjian/models/calendar/unit-workdays.ts';
import { readObligations } from '@hengjian/models/queries/read-obligations.ts';
import { readOutages } from '@hengjian/models/queries/read-outages.ts';
import { error } from '@sveltejs/kit';
import { openLists } from '#lib/downloads/open-lists.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import type { Problem } from '#lib/forms/form-values.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { entryScene, momentOn } from '#lib/server/entry-scene.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, missingFields, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 50;
const NEXT = { next: pathTo('/entries/materials') };

/** The log begins here (contract §1). */
const FIRST_DAY = '2010-01-01';
const OBLIGATIONS_SHOWN = 40;

const obligationsOf = ({ parts, scope, ruleset }: App.Locals) =>
  readObligations(parts.reader, scope, ruleset, FIRST_DAY);

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'unit_entries');
  const { project, today, units } = scene;
  const [obligations, entries, outages] = await Promise.all([
    obligationsOf(locals),
    listEntries(locals, scene, 'unit_entries', { types: ['material.due', 'material.submitted'], limit: SHOWN }),
    readOutages(locals.parts.reader),
  ]);
  const left = (unit: string, due: string) => workdaysLeft(unitCalendar(project.calendar, outages, unit), today, due);
  return {
    title: translate(locals.locale, 'entries.materials'),
    mayWrite: scene.mayWrite,
    lists: openLists(locals.scope, ['materials']),
    isOffice: scene.isOffice,
    today,
    units: scene.own,
    obligations: obligations.slice(0, OBLIGATIONS_SHOWN).map(({ id, title, dueOn, required, submitted }) => ({
      id,
      title,
      dueOn,
      units: required.map((unit) => {
        const handed = submitted.get(unit);
        return {
          id: unit,
          name: unitName(units, unit),
          at: handed?.time ?? null,
          late: handed !== undefined && dayOf(handed.time) > dueOn,
          counted: handed?.counted ?? true,
          left: handed ? null : left(unit, dueOn),
        };
      }),
    })),
    entries,
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  due: async ({ locals, request }) => {
    const scene = entryScene(locals, 'unit_entries');
    if (!scene.isOffice) error(403, translate(locals.locale, 'entries.forbidden'));
    const data = await request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const problems = missingFields(locals, data, ['title', 'due_on', 'asked_on']);
    const required = data.getAll('required').map(String);
    if (required.length === 0) problems.push(problemIn(locals, 'required', 'entries.problem.no_units'));
    problems.push(...dayProblems(locals, text, ['asked_on', 'due_on']));
    if (isDay(text('asked_on')) && text('asked_on') > scene.today)
      problems.push(problemIn(locals, 'asked_on', 'entries.problem.future'));
    else if (isDay(text('due_on')) && text('due_on') < text('asked_on'))
      problems.push(problemIn(locals, 'due_on', 'entries.problem.due_before_asked'));
    const id = text('obligation_id') || `CL${text('due_on').replaceAll('-', '')}-${text('submission').slice(0, 6)}`;
    if ((await obligationsOf(locals)).some((one) => one.id === id))
      problems.push(problemIn(locals, 'obligation_id', 'entries.problem.known_id', { value: id }));
    if (problems.length > 0) return failForm('due', data, problems);
    const draft = {
      type: 'material.due',
      department: scene.officeUnit,
      time: momentOn(text('asked_on'), scene.today, '09:00'),
      data: { obligation_id: id, title: text('title'), due_on: text('due_on'), required },
    };
    return recordForm(locals, data, [draft], { form: 'due', ...NEXT, timeField: 'asked_on' });
  },
  submitted: async ({ locals, request }) => {
    const scene = entryScene(locals, 'unit_entries');
    const data = await request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const unit = text('unit');
    const obligation = (await obligationsOf(locals)).find(({ id }) => id === text('obligation_id'));
    const problems: Problem[] = [];
    if (!scene.own.some(({ id }) => id === unit))
      problems.push(problemIn(locals, 'unit', 'entries.problem.other_unit', { unit: unitName(scene.units, unit) }));
    else if (!obligation?.required.includes(unit))
      problems.push(problemIn(locals, '', 'entries.problem.no_obligation', { id: text('obligation_id') }));
    else if (obligation.submitted.has(unit)) problems.push(problemIn(locals, '', 'entries.problem.handed_in'));
    // Only the office, which received it, says when; a unit hands it in now.
    const day = scene.isOffice ? text('submitted_on') : '';
    if (day !== '' && !isDay(day))
      problems.push(problemIn(locals, 'submitted_on', 'entries.problem.day', { value: day }));
    else if (day > scene.today) problems.push(problemIn(locals, 'submitted_on', 'entries.problem.future'));
    if (problems.length > 0 || !obligation) return failForm('submitted', data, problems);
    const draft = {
      type: 'material.submitted',
      department: unit,
      time: momentOn(day, scene.today, '12:00'),
      data: { obligation_id: obligation.id },
    };
    return recordForm(locals, data, [draft], { form: 'submitted', ...NEXT, timeField: 'submitted_on' });
  },
};

function dayProblems(locals: App.Locals, text: (name: string) => string, fields: readonly string[]): Problem[] {
  return fields
    .filter((field) => text(field) !== '' && !isDay(text(field)))
    .map((field) => problemIn(locals, field, 'entries.problem.day', { value: text(field) }));
}

/** Local day of an RFC 3339 moment with +08:00. */
const dayOf = (moment: string): string => moment.slice(0, 10);
