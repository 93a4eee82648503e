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

export interface ListWriter {
  types: readonly string[];
  /** SQL over `data`, `department` and `subject`: what the events of one record share. */
  record: string;
  /** Headers of columns that the empty table does not have. */
  extra?: Readonly<Record<string, string>>;
  /** @param events of one record, in the order of time @param nameOf what a unit is called */
  rows(events: readonly StoredEvent[], nameOf: (unit: string) => string, layout: Layout): ListRow[];
}

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
