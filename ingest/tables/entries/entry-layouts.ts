/**
 * Tables of events that have no list of their own: one for each type that somebody enters, made of its schema. They are told by the type
 * in brackets above the header, so no other table is taken for one.
 */
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventFamilies } from '@hengjian/contract/schema/event-types.ts';
import { fold } from '../cells/cell.ts';
import { type ColumnSpelling, headerKey, type Layout, valueKey } from '../layouts/layout.ts';
import { hasTableId } from '../rows/event-id.ts';
import { DAY, type MemberForm, SUBJECT, UNIT } from './entry-form.ts';
import { choiceWords, memberTitle, YES_NO } from './member-words.ts';

/** Families whose events the product writes when somebody decides something on a page: nothing of them is entered in a table. */
const NOT_ENTERED = new Set(['publications']);

/** Members that no schema gives a form, and that are days or units all the same. */
const DAYS = new Set(
  'ack_at at attached_at cancelled_at checked_at closed_at decided_at done_at due found_at revoked_at until valid_to'.split(
    ' ',
  ),
);
const UNITS = new Set(['unit', 'from_unit', 'to_unit', 'dept']);
const TEXTS = new Set(['matters', 'reasons', 'result_codes']);
const NUMBERS = new Set(['amount', 'n']);
/** Whoever brings the table is known. */
const NOT_ASKED = new Set(['entered_by']);

interface MemberSchema {
  type?: string;
  format?: string;
  minLength?: number;
  enum?: readonly string[];
  items?: MemberSchema;
  readAs?: MemberSchema;
}

export interface EntryFamily {
  id: string;
  title: { zh: string; en: string };
  layouts: readonly Layout[];
}

let made: readonly EntryFamily[] | undefined;

/** By family, in the order of the contract; families without such a type are left out. */
export function entryFamilies(): readonly EntryFamily[] {
  made ??= eventFamilies
    .filter(({ family }) => !NOT_ENTERED.has(family))
    .map(({ family, title, types }) => ({
      id: `entries-${family}`,
      title: { zh: `${title.zh}登记表`, en: `${title.en}: further entries` },
      layouts: types.filter(({ type, actor }) => actor !== 'product' && !hasTableId(type)).map(entryLayout),
    }))
    .filter(({ layouts }) => layouts.length > 0);
  return made;
}

export const entryLayouts = (): Layout[] => entryFamilies().flatMap(({ layouts }) => layouts);

function entryLayout({ type, title, data, actor, subject }: EventType): Layout {
  const { properties, required = [] } = data as unknown as {
    properties: Record<string, MemberSchema>;
    required?: readonly string[];
  };
  const ofUnit = actor !== 'office';
  const headers = new Map<string, string>([[UNIT, ofUnit ? '单位' : '登记单位']]);
  headers.set(DAY, '日期');
  if (subject !== 'free') headers.set(SUBJECT, '统一社会信用代码');
  const members = new Map<string, MemberForm>();
  for (const [member, schema] of Object.entries(properties)) {
    if (NOT_ASKED.has(member)) continue;
    headers.set(member, memberTitle(type, member) ?? member);
    members.set(member, formOf(member, schema));
  }
  const mayBeEmpty = new Set(required.filter((member) => isAnyText(properties[member]!)));
  const named = [...members].filter(([, form]) => form === 'unit' || form === 'units').map(([member]) => member);
  const days = [...members].filter(([, form]) => form === 'day').map(([member]) => member);
  const mark = fold(`(${type})`);
  return {
    id: `entry-${type.replace(/[._]/g, '-')}`,
    title: { zh: title.zh, en: title.en },
    rows: 'entries',
    family: undefined,
    entry: { type, ofUnit, subject, members, mayBeEmpty },
    columns: new Map([...headers].map(([name, text]) => [name, spelling(name, text)])),
    required: [...(ofUnit ? [UNIT] : []), DAY, ...(subject === 'required' ? [SUBJECT] : []), ...required],
    oneOf: [],
    lines: new Map(),
    recognisedBy: { header: [mark], above: [mark] },
    organs: [UNIT, ...named],
    codes: new Set(),
    days: new Set([DAY, ...days]),
    numbers: new Set([...members.keys()].filter((name) => /(?:_no|_id)$/.test(name))),
    keep: new Set(),
    units: new Map(),
    values: new Map([...members].flatMap(([member, form]) => wordsOf(member, form, properties[member]!))),
    template: headers,
    file: '',
  };
}

const spelling = (name: string, text: string): ColumnSpelling => ({
  literals: new Set([headerKey(text), headerKey(name)]),
  patterns: [],
  containing: [],
  preferred: [],
});

/** A text that says nothing says something: there is none. */
const isAnyText = ({ type, format, minLength, enum: choices }: MemberSchema): boolean =>
  type === 'string' && format === undefined && choices === undefined && !minLength;

function formOf(member: string, schema: MemberSchema): MemberForm {
  const { type, format, enum: choices, items } = schema.readAs ?? schema;
  if (format === 'day') return 'day';
  if (format === 'unit' || UNITS.has(member)) return 'unit';
  if (format === 'uscc' || member === 'uscc') return 'subject';
  if (choices) return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'integer' || type === 'number' || (type === undefined && NUMBERS.has(member))) return 'number';
  if (type === 'array') return items?.format === 'unit' ? 'units' : 'texts';
  if (type === undefined && TEXTS.has(member)) return 'texts';
  return type === undefined && DAYS.has(member) ? 'day' : 'text';
}

function wordsOf(member: string, form: MemberForm, schema: MemberSchema): [string, Map<string, string>][] {
  if (form !== 'choice' && form !== 'flag') return [];
  const words = Object.entries(form === 'flag' ? YES_NO : choiceWords(member));
  const own = form === 'flag' ? [] : ((schema.readAs ?? schema).enum ?? []).map((value) => [value, value] as const);
  return [[member, new Map([...words, ...own].map(([text, value]) => [valueKey(text), value]))]];
}
