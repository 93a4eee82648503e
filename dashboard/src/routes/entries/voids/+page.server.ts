import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { PRODUCT_SOURCES } from '@hengjian/contract/write-rights.ts';
import { type Entry, FORM_SOURCE, findEvents } from '@hengjian/models/queries/read-entries.ts';
import { readLedgerRows } from '@hengjian/models/queries/read-ledger-rows.ts';
import { describeEntry } from '#lib/entries/describe-entry.ts';
import { entryRow } from '#lib/entries/entry-row.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { type EntryScene, entryScene } from '#lib/server/entry-scene.ts';
import { entryNames, listEntries } from '#lib/server/list-entries.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, missingFields, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 50;

const find = ({ parts, scope, ruleset }: App.Locals, id: string): Promise<Entry[]> =>
  findEvents(parts.reader, scope, 'office_entries', ruleset, id);

/** What the product publishes is corrected, never undone (publication.md). */
const isProduct = ({ type }: Entry): boolean => eventTypes.get(type)?.actor === 'product';

/**
 * An account that is limited to units takes back what these did themselves or forms entered for them, not what others did to them (a push
 * has the unit in its envelope too): as a key of units does (`refusedVoid` of contract/authorize.ts).
 */
const mayVoid = ({ mayDateBack }: EntryScene, { type, source }: Entry): boolean =>
  mayDateBack ||
  source === FORM_SOURCE ||
  (eventTypes.get(type)?.actor === 'unit' && !source.startsWith(PRODUCT_SOURCES));

/** At the moment of what it voids: scores read no void after the cut-off, and what was wrong then never happened. */
const voidTime = ({ mayDateBack }: EntryScene, { time }: Entry): string =>
  mayDateBack ? time : new Date().toISOString();

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'office_entries');
  const names = entryNames(scene);
  const asked = url.searchParams.get('event')?.trim() ?? '';
  const source = url.searchParams.get('source') ?? '';
  const all = asked === '' ? [] : await find(locals, asked);
  const found = source === '' ? all : all.filter((event) => event.source === source);
  const chosen = found.length === 1 ? found[0] : undefined;
  const [target] =
    chosen?.type === 'event.voided'
      ? (await find(locals, String(chosen.data.event_id))).filter(({ source: of }) => of === chosen.data.event_source)
      : [];
  return {
    title: translate(locals.locale, 'entries.voids'),
    mayWrite: scene.mayWrite,
    asked,
    found: found.map((event) => ({ ...entryRow(locals.locale, names, event), type: event.type, time: event.time })),
    chosen: chosen && {
      source: chosen.source,
      id: chosen.id,
      isVoided: chosen.voided !== null,
      isProduct: isProduct(chosen),
      isOwn: mayVoid(scene, chosen),
      restores: target && describeEntry(locals.locale, names, target),
      ...(await effectOf(locals, scene, chosen)),
    },
    entries: await listEntries(locals, scene, 'office_entries', {
      types: [],
      formTypes: ['event.voided'],
      limit: SHOWN,
    }),
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const scene = entryScene(locals, 'office_entries');
    const data = await request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const problems = missingFields(locals, data, ['reason']);
    const event = (await find(locals, text('event_id'))).find(({ source }) => source === text('event_source'));
    if (!event) problems.push(problemIn(locals, '', 'entries.problem.no_event', { id: text('event_id') }));
    else if (event.voided) problems.push(problemIn(locals, '', 'entries.problem.voided', { id: event.id }));
    else if (isProduct(event)) problems.push(problemIn(locals, '', 'entries.problem.product'));
    else if (!mayVoid(scene, event)) problems.push(problemIn(locals, '', 'entries.problem.not_own_event'));
    if (problems.length > 0) return failForm('void', data, problems);
    const draft = {
      type: 'event.voided',
      department: scene.officeUnit,
      time: voidTime(scene, event!),
      data: { event_source: text('event_source'), event_id: text('event_id'), reason: text('reason') },
    };
    return recordForm(locals, data, [draft], { form: 'void', next: pathTo('/entries/voids') });
  },
};

/**
 * Where it is counted now, and which periods a void changes: drafts by themselves, published ones by a correction. Of periods without a
 * row of it nobody knows before they are computed: it may have moved a deadline or stood for a day.
 */
async function effectOf(locals: App.Locals, scene: EntryScene, event: Entry) {
  const { parts, scope } = locals;
  const periods = await locals.figures.periods();
  const from = Date.parse(voidTime(scene, event));
  const reached = periods.filter(({ cutoff }) => cutoff === null || Date.parse(cutoff) >= from);
  const rows = await readLedgerRows(parts.figures, scope, scene.project.ruleSet, event);
  const known = reached.filter((period) => rows.some(({ quarter }) => quarter === period.quarter));
  const drafts = known.filter(({ status }) => status === 'draft');
  const names = (some: typeof reached) => some.map(({ quarter }) => quarter);
  const { units, items } = entryNames(scene);
  return {
    changes: names(drafts),
    published: names(known.filter((one) => !drafts.includes(one))),
    perhaps: names(reached.filter((one) => !known.includes(one))),
    rows: rows.map(({ unit, items: counted, ...row }) => ({
      ...row,
      unit: unitName(units, unit),
      items: items.filter(({ item }) => counted.includes(item)).map((item) => itemName(locals.locale, item)),
    })),
  };
}
