import { shownText } from '@hengjian/contract/personal-numbers.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { findSubjects } from '@hengjian/models/queries/subjects/find-subjects.ts';
import { type SubjectEvent, subjectTimeline } from '@hengjian/models/queries/subjects/subject-timeline.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { readTier } from '#lib/server/read-tier.ts';
import { EVENT_GROUPS, eventGroup } from '#lib/subjects/event-group.ts';
import { factText } from '#lib/subjects/fact-text.ts';
import type { PageServerLoad } from './$types';

const MOST = 500;
/** Members in which people write as they like. */
const WRITTEN = new Set(['kind', 'list_kind', 'reason', 'finding', 'channel', 'topic', 'measure', 'result', 'reasons']);

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  holdMay(locals, 'subjects');
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const subject = params.uscc.toUpperCase();
  const [[found], events, tier] = await Promise.all([
    readRows(parts.reader, findSubjects(scope, { text: '', limit: 1, subject })),
    readRows(parts.reader, subjectTimeline(scope, { subject, limit: MOST })),
    readTier(locals, subject, url.searchParams.get('month') ?? ''),
  ]);
  if (!found)
    error(404, translate(locale, 'subjects.unknown', { subject: params.uscc.slice(0, 40) }), {
      wayOut: translate(locale, 'subjects.unknown.way_out'),
    });
  const asked = url.searchParams.get('group');
  const group = EVENT_GROUPS.find((known) => known === asked) ?? '';
  const units = new Map(departmentNames(locals).map(({ id, name }) => [id, name]));
  const shown = ({ type, facts, department, ...event }: SubjectEvent) => ({
    ...event,
    type: eventTypes.get(type)?.title[locale === 'en' ? 'en' : 'zh'] ?? type,
    group: eventGroup(type),
    unit: units.get(department) ?? department,
    facts: facts.map(([name, value]) => factText(locale, [name, WRITTEN.has(name) ? shownText(scope, value) : value])),
    task: type === 'draw.executed' ? (facts.find(([name]) => name === 'task_id')?.[1] ?? '') : '',
  });
  return {
    title: found.name || subject,
    subject: { ...found, areaName: areaNames(locals)(found.area) },
    group,
    groups: EVENT_GROUPS.filter((known) => events.some(({ type }) => eventGroup(type) === known)),
    most: MOST,
    events: events.map(shown).filter((event) => group === '' || event.group === group),
    tier,
  };
};
