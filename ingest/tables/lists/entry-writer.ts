import { DAY, type EntryForm, type MemberForm, SUBJECT, UNIT } from '../entries/entry-form.ts';
import type { Layout } from '../layouts/layout.ts';
import type { ListRow, ListWriter, StoredEvent } from './list-writer.ts';
import { unitsText, whenOf, wordOf } from './list-writer.ts';

/** The list of one type of event: a row an event. */
export const entryWriter = (form: EntryForm): ListWriter => ({
  types: [form.type],
  record: "concat(toString(source), '\\n', id)",
  rows: (events, { nameOf }, layout) => events.map((event) => rowOf(event, form, nameOf, layout)),
});

function rowOf(event: StoredEvent, form: EntryForm, nameOf: (unit: string) => string, layout: Layout): ListRow {
  const cells: ListRow = { [UNIT]: nameOf(event.department), [DAY]: whenOf(event), [SUBJECT]: event.subject };
  for (const [name, kind] of form.members) {
    const value = event.data[name];
    if (value !== undefined && value !== null) cells[name] = cellOf(value, name, kind, nameOf, layout);
  }
  return cells;
}

function cellOf(
  value: unknown,
  name: string,
  kind: MemberForm,
  nameOf: (unit: string) => string,
  layout: Layout,
): string | number {
  if (kind === 'number' && typeof value === 'number') return value;
  if (Array.isArray(value))
    return kind === 'units' ? unitsText(value.map(String), nameOf) : value.map(String).join('、');
  if (kind === 'unit') return nameOf(String(value));
  if (kind !== 'choice' && kind !== 'flag') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return wordOf(layout, name, String(value));
}
