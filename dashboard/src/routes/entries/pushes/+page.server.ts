import { isDay } from '@hengjian/models/calendar/day.ts';
import { openLists } from '#lib/downloads/open-lists.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import type { Problem } from '#lib/forms/form-values.ts';
import { listText } from '#lib/i18n/list-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import { openPushRows } from '#lib/server/open-push-rows.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, missingFields, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const OUTCOMES = ['licensed', 'refused', 'not_applied', 'not_required'] as const;
/** Of these the document wants to know the day. */
const DECIDED: readonly string[] = ['licensed', 'refused'];
const TYPES = ['push.claimed', 'push.returned', 'push.outcome_fed_back'];
const SHOWN = 50;
const AT_ONCE = 100;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'unit_entries');
  const [rows, entries] = await Promise.all([
    openPushRows(locals, scene),
    listEntries(locals, scene, 'unit_entries', { types: [], formTypes: TYPES, limit: SHOWN }),
  ]);
  const shown = rows.map((row) => ({ ...row, unitName: unitName(scene.units, row.unit) }));
  const asked = url.searchParams.get('push') || null;
  return {
    title: translate(locals.locale, 'entries.pushes'),
    mayWrite: scene.mayWrite,
    lists: openLists(locals.scope, ['sgz']),
    severalUnits: scene.own.length > 1,
    today: scene.today,
    claims: shown.filter(({ step }) => step === 'claim').slice(0, AT_ONCE),
    claimCount: shown.filter(({ step }) => step === 'claim').length,
    feedbacks: shown.filter(({ step }) => step === 'feedback').slice(0, AT_ONCE),
    feedbackCount: shown.filter(({ step }) => step === 'feedback').length,
    chosen: asked === null ? undefined : shown.find(({ pushId }) => pushId === asked),
    gone: asked !== null && !shown.some(({ pushId }) => pushId === asked) ? asked : undefined,
    outcomes: OUTCOMES,
    entries,
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  claim: async ({ locals, request }) => {
    const scene = entryScene(locals, 'unit_entries');
    const data = await request.formData();
    const ids = [...new Set(data.getAll('push_id').map(String))].slice(0, AT_ONCE);
    if (ids.length === 0) return failForm('claim', data, [problemIn(locals, '', 'entries.pushes.none_chosen')]);
    const rows = (await openPushRows(locals, scene, ids)).filter(({ step }) => step === 'claim');
    const gone = ids.filter((id) => !rows.some(({ pushId }) => pushId === id));
    if (gone.length > 0)
      return failForm('claim', data, [
        problemIn(locals, '', 'entries.problem.no_push', { id: listText(locals.locale, gone) }),
      ]);
    const drafts = rows.map(({ unit, pushId }) => ({
      type: 'push.claimed',
      department: unit,
      data: { push_id: pushId },
    }));
    return recordForm(locals, data, drafts, { form: 'claim', next: pathTo('/entries/pushes') });
  },
  return: async ({ locals, request }) => {
    const scene = entryScene(locals, 'unit_entries');
    const data = await request.formData();
    const id = String(data.get('push_id') ?? '');
    const [row] = await openPushRows(locals, scene, [id]);
    const problems = missingFields(locals, data, ['return_reason']);
    if (row?.step !== 'claim') problems.push(problemIn(locals, '', 'entries.problem.no_push', { id }));
    else if (row.returned) problems.push(problemIn(locals, '', 'entries.problem.returned', { id }));
    if (problems.length > 0 || !row) return failForm('return', data, problems);
    const returned = { push_id: id, reason: String(data.get('return_reason')).trim() };
    return recordForm(locals, data, [{ type: 'push.returned', department: row.unit, data: returned }], {
      form: 'return',
      next: pathTo('/entries/pushes'),
    });
  },
  feedback: async ({ locals, request }) => {
    const scene = entryScene(locals, 'unit_entries');
    const data = await request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const [row] = await openPushRows(locals, scene, [text('push_id')]);
    const problems = [...missingFields(locals, data, ['outcome']), ...decisionProblems(locals, scene.today, text)];
    if (row?.step !== 'feedback')
      problems.push(problemIn(locals, '', 'entries.problem.no_push', { id: text('push_id') }));
    if (problems.length > 0 || !row) return failForm('feedback', data, problems);
    const decided = DECIDED.includes(text('outcome')) ? { decided_on: text('decided_on') } : {};
    const outcome = { push_id: row.pushId, outcome: text('outcome'), ...decided };
    return recordForm(locals, data, [{ type: 'push.outcome_fed_back', department: row.unit, data: outcome }], {
      form: 'feedback',
      next: pathTo('/entries/pushes'),
    });
  },
};

/** With a decision its day is asked for, since the deadline runs from it. */
function decisionProblems(locals: App.Locals, today: string, text: (name: string) => string): Problem[] {
  const day = text('decided_on');
  if (day === '') {
    if (!DECIDED.includes(text('outcome'))) return [];
    return [problemIn(locals, 'decided_on', 'entries.pushes.decided_missing')];
  }
  if (!isDay(day)) return [problemIn(locals, 'decided_on', 'entries.problem.day', { value: day })];
  return day > today ? [problemIn(locals, 'decided_on', 'entries.problem.future')] : [];
}
