/** What people pick from in the columns of an empty table. */
import { SUBJECT } from '../entries/entry-form.ts';
import type { Layout } from '../layouts/layout.ts';

export interface TemplateWords {
  /** Names of the units, to pick from. */
  units: readonly string[];
  /** Items for which the office awards marks, with the most points of each. */
  marks?: Readonly<Record<string, number>>;
}

/** Names of columns in which units stand, beside those that the layout names as organs. */
const UNIT_COLUMNS = new Set([
  'designated',
  'actual',
  'function',
  'others',
  'organiser',
  'asker',
  'outorgan',
  'lead',
  'unit',
  'implementer',
  'provider',
  'answerer',
]);

/** Columns whose choices the layout says under another name, or says not as people write them. */
const CHOICES_OF: Record<string, readonly string[]> = { stype: ['定向', '不定向'], ttype: ['本部门', '跨部门'] };

export function isUnit(layout: Layout, name: string): boolean {
  if (layout.entry) return layout.organs.includes(name);
  return (layout.organs.includes(name) && !layout.codes.has(name)) || UNIT_COLUMNS.has(name);
}

export function choicesOf(layout: Layout, name: string, { units, marks = {} }: TemplateWords): readonly string[] {
  if (isUnit(layout, name)) return units;
  if (layout.entry?.type === 'mark.awarded' && name === 'item') return Object.keys(marks);
  if (name === 'kind' && layout.rows === 'quarter_lists') return ['行政许可', '失信'];
  if (CHOICES_OF[name]) return CHOICES_OF[name];
  const values = layout.values.get(name);
  if (!values) return [];
  const words = [...values.keys()].filter((text) => /\p{Script=Han}/u.test(text));
  // Of licences and penalties the list gives the words only as values of codes.
  return words.length > 0 ? words : [...new Set(values.values())].filter((text) => /\p{Script=Han}/u.test(text));
}

export const isSubject = (layout: Layout, name: string): boolean =>
  name === 'subject' || name === SUBJECT || layout.entry?.members.get(name) === 'subject';
