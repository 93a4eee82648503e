/** Members that measures of many events read have a column of their own beside the facts. */
import { isCalendarDay } from '../schema/calendar-day.ts';
import type { EventType } from '../schema/event-type.ts';
import { factMembers } from './fact-form.ts';

export const TEXT_COLUMNS = ['push_id', 'bucket', 'doc_no'] as const;
export const DAY_COLUMN = 'decided_on';
/** What the day column holds where there is no day: later than any day that the check lets in. */
export const NO_DAY = '2299-12-31';

export interface FactColumns {
  push_id: string;
  bucket: string;
  doc_no: string;
  decided_on: string;
}

/** @param facts of one event, as JSON text (`factsOf`) */
export function factColumns(eventType: EventType, facts: string): FactColumns {
  const wanted = columnsOf(eventType);
  if (wanted.length === 0) return NONE;
  const columns: FactColumns = { ...NONE };
  const values = JSON.parse(facts) as Record<string, unknown>;
  for (const name of wanted) {
    const value = values[name];
    if (typeof value === 'string' && (name !== DAY_COLUMN || isCalendarDay(value))) columns[name] = value;
  }
  return columns;
}

const NONE: FactColumns = { push_id: '', bucket: '', doc_no: '', decided_on: NO_DAY };
const known = new WeakMap<EventType, readonly (keyof FactColumns)[]>();

function columnsOf(eventType: EventType): readonly (keyof FactColumns)[] {
  const found = known.get(eventType);
  if (found) return found;
  const texts = factMembers(eventType.data).filter(({ name, form }) => name in NONE && form.kind === 'text');
  const names = texts.map(({ name }) => name as keyof FactColumns);
  known.set(eventType, names);
  return names;
}
