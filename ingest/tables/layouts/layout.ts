/** A layout as the import uses it: which header means which column, and how the rows are read. */
import type { AmountUnit } from '../cells/amount.ts';
import { fold } from '../cells/cell.ts';
import type { EntryForm } from '../entries/entry-form.ts';
import type { ReadingName } from './readings.ts';

export interface Layout {
  id: string;
  title: { zh: string; en: string };
  rows: ReadingName;
  /** `listings`: whether the abnormal list or the blacklist. */
  family: 'abnormal' | 'blacklist' | undefined;
  /** `entries`: the type, and what stands in its members. */
  entry?: EntryForm;
  columns: ReadonlyMap<string, ColumnSpelling>;
  required: readonly string[];
  oneOf: readonly string[];
  /** Columns that may stand as `key：value` above the header, with their keys. */
  lines: ReadonlyMap<string, readonly string[]>;
  /** Without such words the table is of another layout. */
  recognisedBy: { header: readonly string[]; above: readonly string[] } | undefined;
  organs: readonly string[];
  codes: ReadonlySet<string>;
  days: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  keep: ReadonlySet<string>;
  /** Unit of an amount by spelling of its header, where that does not say it. */
  units: ReadonlyMap<string, AmountUnit>;
  /** Column → folded text → value. */
  values: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Column → header of the empty table for people to fill in; undefined if there is none. */
  template: ReadonlyMap<string, string> | undefined;
  /** Path of the file, or empty for the product's own. */
  file: string;
}

export interface ColumnSpelling {
  literals: ReadonlySet<string>;
  patterns: readonly RegExp[];
  containing: readonly { text: string; without: readonly string[] }[];
  /** Of several columns that are spelt so, which counts: the one under the first of these. */
  preferred: readonly Spelling[];
}

export type Spelling = Omit<ColumnSpelling, 'preferred'>;

const NOT_COMPARED = /[_\-/\\*.、]/g;

/** How headers are compared: folded, without punctuation. */
export const headerKey = (text: string): string => fold(text).replace(NOT_COMPARED, '');

export function spells(column: Spelling, key: string): boolean {
  if (key === '') return false;
  return (
    column.literals.has(key) ||
    column.containing.some(({ text, without }) => key.includes(text) && !without.some((one) => key.includes(one))) ||
    column.patterns.some((pattern) => pattern.test(key))
  );
}

/** How far behind a header stands among those of its column; where none is preferred they are all alike. */
export function rankOf({ preferred }: ColumnSpelling, key: string): number {
  const found = preferred.findIndex((one) => spells(one, key));
  return found < 0 ? preferred.length : found;
}

/** List values are compared folded, without the Chinese enumeration comma. */
export const valueKey = (text: string): string => fold(text).replaceAll('、', '');

export function listValue(layout: Layout, column: string, text: string): string | undefined {
  return layout.values.get(column)?.get(valueKey(text));
}
