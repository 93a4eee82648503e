import { may } from '@hengjian/contract/permissions.ts';
import { type Entry, readEntries } from '@hengjian/models/queries/read-entries.ts';
import { type EntryRow, entryRow } from '#lib/entries/entry-row.ts';
import { entryScene } from './entry-scene.ts';
import { entryNames } from './list-entries.ts';

/** What a unit does by forms, and lists however they came. */
const OF_UNIT = [
  'push.claimed',
  'push.returned',
  'push.outcome_fed_back',
  'material.submitted',
  'inspection.done',
  'result.entered',
  'result.published',
];
/** Of the office, about a unit. */
const OF_OFFICE = ['mark.awarded', 'meeting.held', 'meeting.attended', 'material.due', 'outage.declared'];
/** More than anybody reads above a score; the rest is among the entries. */
const SHOWN = 20;

/** What was entered of a unit and no refresh has counted yet, newest first; of acts of the office for who may read them. */
export async function waitingEntries(locals: App.Locals, unit: string): Promise<EntryRow[]> {
  const scene = entryScene(locals, 'unit_entries');
  const { parts, scope, ruleset, locale } = locals;
  if (scope.units !== 'all' && !scope.units.includes(unit)) return [];
  const read = (...rest: Parameters<typeof readEntries> extends [unknown, ...infer Rest] ? Rest : never) =>
    readEntries(parts.reader, ...rest);
  const own = { ...scope, units: [unit] };
  const [ofUnit, ofOffice] = await Promise.all([
    read(own, 'unit_entries', ruleset, {
      ...{ types: ['quarter_list.submitted'], formTypes: OF_UNIT, waiting: true, limit: SHOWN },
    }),
    may(scope, 'office_entries')
      ? read(scope, 'office_entries', ruleset, { types: [], formTypes: OF_OFFICE, waiting: true, limit: SHOWN })
      : [],
  ]);
  return [...ofUnit, ...ofOffice.filter((entry) => isAbout(entry, unit))]
    .filter(({ voided }) => !voided)
    .sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1))
    .map((entry) => entryRow(locale, entryNames(scene), entry));
}

/** An outage without units is one of all. */
function isAbout({ type, department, data }: Entry, unit: string): boolean {
  const named = [data.unit, data.units, data.required].flat().filter((one) => typeof one === 'string');
  return department === unit || named.includes(unit) || (type === 'outage.declared' && named.length === 0);
}
