/** How stored events become rows again: the other way of `rows/`. */
import type { DataCell } from '@hengjian/contract/data-table.ts';
import type { Layout } from '../layouts/layout.ts';
import { timeOf } from '../rows/row-event.ts';

export interface StoredEvent {
  source: string;
  id: string;
  type: string;
  /** YYYY-MM-DDTHH:MM:SS by the legal clock. */
  time: string;
  department: string;
  region: string;
  subject: string;
  data: Record<string, unknown>;
}

/** Cells by column of the layout. */
export type ListRow = Record<string, DataCell>;

/** What units are called, and which unit a text means. */
export interface ListNames {
  nameOf: (unit: string) => string;
  unitOf: (text: string) => string | undefined;
}

export interface ListWriter {
  types: readonly string[];
  /** Of `types`, those that stand beside the others only: a record of nothing else is of another list. */
  beside?: readonly string[];
  /** SQL over `data`, `department` and `subject`: what the events of one record share. */
  record: string;
  /** Headers of columns that the empty table does not have. */
  extra?: Readonly<Record<string, string>>;
  /** Columns of numbers, such as amounts. */
  numbers?: readonly string[];
  /** @param events of one record, in the order of time */
  rows(events: readonly StoredEvent[], names: ListNames, layout: Layout): ListRow[];
}

/** SQL of a member of the event. */
export const member = (name: string): string => `JSONExtractString(facts, '${name}')`;

/** The day, with the hour only where it is not the one that a table without hours means. */
export function whenOf({ type, time }: StoredEvent): string {
  const day = time.slice(0, 10);
  return timeOf(type, { day }).slice(0, 19) === time ? day : time;
}

export const textOf = ({ data }: StoredEvent, name: string): string => {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

export const textsOf = ({ data }: StoredEvent, name: string): string[] => {
  const value = data[name];
  return Array.isArray(value) ? value.map(String) : [];
};

/** The first word of the layout for a value, digits of other systems last; the value itself where there is no word. */
export function wordOf({ values }: Layout, column: string, value: string): string {
  const words = [...(values.get(column) ?? [])].flatMap(([word, meaning]) => (meaning === value && word ? [word] : []));
  return words.find((word) => !/^\d+$/.test(word)) ?? words[0] ?? value;
}

/** The authority as it was written, where that means the unit: else the name of the unit, so that the row comes back as its own. */
export function organOf({ department, data }: StoredEvent, { nameOf, unitOf }: ListNames): string {
  const { authority } = data;
  return typeof authority === 'string' && unitOf(authority) === department ? authority : nameOf(department);
}

/** The unit that asked; the office itself is not named. */
export const askerText = ({ department }: StoredEvent, { nameOf, unitOf }: ListNames): string =>
  unitOf(nameOf(department)) === department ? nameOf(department) : '';

/** Units in one cell, as the readings part them: one whose name holds a mark that parts several is said by its id. */
export const unitsText = (units: readonly string[], nameOf: (unit: string) => string): string =>
  units.map((unit) => (/[、,，;；]/.test(nameOf(unit)) ? unit : nameOf(unit))).join('、');

/** Of each type its first, its second …: versions of one record stand in rows of their own. */
export function inRows(events: readonly StoredEvent[], types: readonly string[]): Map<string, StoredEvent>[] {
  const rows: Map<string, StoredEvent>[] = [];
  for (const type of types)
    for (const [index, event] of events.filter((one) => one.type === type).entries()) {
      rows[index] ??= new Map();
      rows[index].set(type, event);
    }
  return rows;
}

/** The same of a record that begins with the first type: a further version of a later step stands beside the beginning again. */
export function inRowsFromFirst(events: readonly StoredEvent[], types: readonly string[]): Map<string, StoredEvent>[] {
  const [first] = types as [string];
  const beginning = events.findLast(({ type }) => type === first);
  return inRows(events, types).map((row) =>
    row.has(first) || !beginning ? row : new Map([[first, beginning], ...row]),
  );
}
