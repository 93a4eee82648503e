import { lateMarkTime } from '@hengjian/models/queries/late-mark-time.ts';
import { hasDuty } from '@hengjian/models/ruleset/has-duty.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import { first, formValues, type Problem } from '#lib/forms/form-values.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { type EntryScene, entryScene } from '#lib/server/entry-scene.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import { type MarkableQuarter, markableQuarters } from '#lib/server/markable-quarters.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, missingFields, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = ['quarter', 'item', 'unit', 'points', 'reason', 'approver'] as const;
const SHOWN = 50;

/** Items for which the office may award points, with their maxima. */
function markedItems({ project }: EntryScene) {
  return project.ruleSet.data.items.flatMap((item) => {
    const marked = item.parts.filter(({ lost }) => lost?.mark);
    if (item.on === false || marked.length === 0) return [];
    return { ...item, most: Math.max(...marked.map(({ points = 0 }) => points)) };
  });
}

/** Nobody marks the own unit, and an account that is limited to units reaches no other: such a one marks nobody. */
function markedUnits({ units, own, reach }: EntryScene) {
  return own.length === units.length ? units : reach.filter(({ id }) => !own.some((mine) => mine.id === id));
}

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const { locale } = locals;
  const scene = entryScene(locals, 'office_entries');
  const [quarters, entries] = await Promise.all([
    markableQuarters(locals, scene.today),
    listEntries(locals, scene, 'office_entries', { types: ['mark.awarded'], limit: SHOWN }),
  ]);
  return {
    title: translate(locale, 'entries.marks'),
    mayWrite: scene.mayWrite,
    quarters: quarters.map(({ quarter, standing }) => ({
      id: quarter,
      name: translate(locale, `entries.marks.${standing}`, { quarter: formatQuarter(locale, quarter) }),
    })),
    items: markedItems(scene).map(({ id, name, most }) => ({
      id,
      name: itemName(locale, { item: id, name: name.zh, name_en: name.en }),
      most,
    })),
    units: markedUnits(scene),
    entries,
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const scene = entryScene(locals, 'office_entries');
    const data = await request.formData();
    const problems = missingFields(locals, data, FIELDS);
    const quarters = await markableQuarters(locals, scene.today);
    if (problems.length === 0) problems.push(...markProblems(locals, scene, quarters, data));
    if (problems.length > 0) return failForm('mark', data, problems);
    const values = formValues(data);
    const { quarter, item, unit, reason, approver } = Object.fromEntries(
      FIELDS.map((name) => [name, first(values, name)]),
    ) as Record<(typeof FIELDS)[number], string>;
    const mark = { quarter, item, unit, points: Number(first(values, 'points')), reason, approver };
    const cutoff = quarters.find((one) => one.quarter === quarter)?.cutoff;
    const time = cutoff && (await lateMarkTime(locals.parts.reader, cutoff, mark, new Date()));
    if (cutoff && !time) return failForm('mark', data, [problemIn(locals, 'points', 'entries.problem.last_mark')]);
    const draft = { type: 'mark.awarded', department: scene.officeUnit, ...(time ? { time } : {}), data: mark };
    return recordForm(locals, data, [draft], { form: 'mark', next: pathTo('/entries/marks') });
  },
};

/** What the door cannot know: whose unit it is, whether it has the item, whether the quarter is scored. */
function markProblems(
  locals: App.Locals,
  scene: EntryScene,
  quarters: readonly MarkableQuarter[],
  data: FormData,
): Problem[] {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const problems: Problem[] = [];
  const say = (...rest: Parameters<typeof problemIn> extends [unknown, ...infer Rest] ? Rest : never) =>
    problems.push(problemIn(locals, ...rest));
  const known = scene.project.ruleSet.data.units.find(({ id }) => id === text('unit'));
  const item = markedItems(scene).find(({ id }) => id === text('item'));
  const points = Number(text('points'));
  if (!quarters.some(({ quarter }) => quarter === text('quarter')))
    say('quarter', 'entries.problem.no_quarter', { quarter: text('quarter') });
  if (!known) say('unit', 'entries.problem.unknown_unit', { unit: text('unit') });
  else if (!scene.reach.some(({ id }) => id === known.id))
    say('unit', 'entries.problem.other_unit', { unit: unitName(scene.units, known.id) });
  else if (!markedUnits(scene).some(({ id }) => id === known.id)) say('unit', 'entries.problem.own_unit');
  if (!item) say('item', 'entries.problem.no_mark', { item: text('item') });
  else {
    if (!(points >= 0 && points <= item.most))
      say('points', 'entries.problem.points', { most: item.most, value: text('points') });
    if (known && !hasDuty(known, item.duty)) say('item', 'entries.problem.no_duty', { unit: known.name });
  }
  return problems;
}
