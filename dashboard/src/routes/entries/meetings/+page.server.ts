import { isDay } from '@hengjian/models/calendar/day.ts';
import { type Meeting, readMeetings } from '@hengjian/models/queries/read-meetings.ts';
import { openLists } from '#lib/downloads/open-lists.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { type EntryScene, entryScene } from '#lib/server/entry-scene.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import { type EventDraft, newSubmission } from '#lib/server/record-events.ts';
import { failForm, missingFields, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const STATUSES = ['present', 'substitute', 'excused'];
const SHOWN = 50;

/** The log begins here (contract §1). */
const FIRST_DAY = '2010-01-01';
const MEETINGS_SHOWN = 60;

const meetingsOf = ({ parts, scope, ruleset }: App.Locals): Promise<Meeting[]> =>
  readMeetings(parts.reader, scope, ruleset, FIRST_DAY);

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'office_entries');
  const [meetings, entries] = await Promise.all([
    meetingsOf(locals),
    listEntries(locals, scene, 'office_entries', {
      types: ['meeting.held'],
      formTypes: ['meeting.attended'],
      limit: SHOWN,
    }),
  ]);
  const asked = url.searchParams.get('meeting');
  const chosen = meetings.find(({ id }) => id === asked);
  return {
    title: translate(locals.locale, 'entries.meetings'),
    mayWrite: scene.mayWrite,
    lists: openLists(locals.scope, ['attendance']),
    today: scene.today,
    units: scene.reach,
    meetings: meetings.slice(0, MEETINGS_SHOWN).map(({ required, attended, ...meeting }) => ({
      ...meeting,
      required: required.length,
      attended: required.filter((unit) => attended.has(unit)).length,
    })),
    unknown: asked && !chosen ? asked : undefined,
    chosen: chosen && {
      id: chosen.id,
      title: chosen.title,
      held: chosen.held,
      units: chosen.required.map((id) => ({
        id,
        name: scene.units.find((unit) => unit.id === id)?.name ?? id,
        status: chosen.attended.get(id)?.status ?? '',
      })),
    },
    entries,
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  meeting: async ({ locals, request }) => {
    const scene = entryScene(locals, 'office_entries');
    const data = await request.formData();
    const problems = missingFields(locals, data, ['title', 'held_on']);
    const required = data.getAll('required').map(String);
    const held = String(data.get('held_on') ?? '');
    if (required.length === 0) problems.push(problemIn(locals, 'required', 'entries.problem.no_units'));
    if (held !== '' && !isDay(held))
      problems.push(problemIn(locals, 'held_on', 'entries.problem.day', { value: held }));
    else if (held > scene.today) problems.push(problemIn(locals, 'held_on', 'entries.problem.future'));
    const id = String(data.get('meeting_id') ?? '').trim() || newId(held, data.get('submission'));
    if ((await meetingsOf(locals)).some((meeting) => meeting.id === id))
      problems.push(problemIn(locals, 'meeting_id', 'entries.problem.known_id', { value: id }));
    if (problems.length > 0) return failForm('meeting', data, problems);
    const meeting = { meeting_id: id, title: String(data.get('title')).trim(), required };
    const draft = {
      type: 'meeting.held',
      department: scene.officeUnit,
      time: `${held}T${HOUR}:00+08:00`,
      data: meeting,
    };
    return recordForm(locals, data, [draft], {
      form: 'meeting',
      next: pathTo(`/entries/meetings?meeting=${encodeURIComponent(id)}`),
      timeField: 'held_on',
    });
  },
  attendance: async ({ locals, request }) => {
    const scene = entryScene(locals, 'office_entries');
    const data = await request.formData();
    const id = String(data.get('meeting') ?? '');
    const meeting = (await meetingsOf(locals)).find((one) => one.id === id);
    if (!meeting) return failForm('attendance', data, [problemIn(locals, '', 'entries.problem.no_meeting', { id })]);
    const drafts = changes(scene, meeting, data);
    if (drafts.length === 0) return failForm('attendance', data, [problemIn(locals, '', 'entries.problem.no_change')]);
    return recordForm(locals, data, drafts, {
      form: 'attendance',
      next: pathTo(`/entries/meetings?meeting=${encodeURIComponent(id)}`),
    });
  },
};

/** Days of meetings without an hour count from here, as in tables (office-files §4). */
const HOUR = '09:00';

/**
 * Attendance is entered at the moment of the meeting; what was entered before and is no longer so is voided at that moment too, since
 * scores read no void after the cut-off.
 */
function changes(scene: EntryScene, meeting: Meeting, data: FormData): EventDraft[] {
  return meeting.required.flatMap((unit) => {
    const chosen = String(data.get(`status:${unit}`) ?? '');
    const before = meeting.attended.get(unit);
    if (chosen === (before?.status ?? '') || (chosen !== '' && !STATUSES.includes(chosen))) return [];
    const voids = (before?.entries ?? []).map(({ source, id }) => ({
      type: 'event.voided',
      department: scene.officeUnit,
      time: meeting.held,
      data: {
        event_source: source,
        event_id: id,
        reason: '签到更正',
      },
    }));
    if (chosen === '') return voids;
    const attended = {
      type: 'meeting.attended',
      department: unit,
      time: meeting.held,
      data: { meeting_id: meeting.id, status: chosen },
    };
    return [...voids, attended];
  });
}

const newId = (day: string, submission: FormDataEntryValue | null): string =>
  `HY${day.replaceAll('-', '')}-${String(submission).slice(0, 6)}`;
