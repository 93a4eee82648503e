/** Members that measures of many events read have a column of their own beside the facts. */
import { isCalendarDay } from '../schema/calendar-day.ts';
import type { EventType } from '../schema/event-type.ts';
import { type FactForm, factMembers } from './fact-form.ts';

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
  const columns: FactColumns = { push_id: '', bucket: '', doc_no: '', decided_on: NO_DAY };
  const wanted = factMembers(eventType.data).filter(({ name, form }) => name in columns && isText(form));
  if (wanted.length === 0) return columns;
  const values = JSON.parse(facts) as Record<string, unknown>;
  for (const { name } of wanted) {
    const value = values[name];
    if (typeof value !== 'string' || (name === DAY_COLUMN && !isCalendarDay(value))) continue;
    columns[name as keyof FactColumns] = value;
  }
  return columns;
}

const isText = ({ kind }: FactForm): boolean => kind === 'text';
