import { isDay } from '@hengjian/models/calendar/day.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, missingFields, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 50;

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'office_entries');
  return {
    title: translate(locals.locale, 'entries.outages'),
    mayWrite: scene.mayWrite,
    units: scene.reach,
    limited: scene.reach.length < scene.units.length,
    entries: await listEntries(locals, scene, 'office_entries', { types: ['outage.declared'], limit: SHOWN }),
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const scene = entryScene(locals, 'office_entries');
    const data = await request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const problems = missingFields(locals, data, ['from', 'to', 'reason']);
    const units = data.getAll('units').map(String);
    const unknown = units.find((unit) => !scene.units.some(({ id }) => id === unit));
    if (unknown !== undefined)
      problems.push(problemIn(locals, 'units', 'entries.problem.unknown_unit', { unit: unknown }));
    // No unit means all of them, which a limited account does not reach.
    if (units.length === 0 && scene.reach.length < scene.units.length)
      problems.push(problemIn(locals, 'units', 'entries.problem.no_units'));
    if (problems.length > 0) return failForm('outage', data, problems);
    const outage = { from: text('from'), to: text('to'), units, reason: text('reason') };
    // At its first day, once that is past: scores read no outage after the cut-off, however late it is declared, and one that goes on
    // beyond a cut-off hit the quarter before it too.
    const began = scene.mayDateBack && isDay(outage.from) && outage.from < scene.today;
    const draft = {
      type: 'outage.declared',
      department: scene.officeUnit,
      ...(began ? { time: `${outage.from}T09:00:00+08:00` } : {}),
      data: outage,
    };
    return recordForm(locals, data, [draft], { form: 'outage', next: pathTo('/entries/outages'), timeField: 'from' });
  },
};
