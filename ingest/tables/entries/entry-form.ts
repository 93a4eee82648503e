/** What a table of entries of one type says beside its columns. */
import type { EventType } from '@hengjian/contract/schema/event-type.ts';

export type MemberForm = 'text' | 'day' | 'number' | 'flag' | 'choice' | 'unit' | 'units' | 'texts' | 'subject';

/** What the reading of such a table must know beside its columns. */
export interface EntryForm {
  type: string;
  /** Whether the row must say the unit; an act of the office is of whoever enters it. */
  ofUnit: boolean;
  subject: EventType['subject'];
  members: ReadonlyMap<string, MemberForm>;
  /** Members that must be said and may be said to be none: an empty cell is the empty text. */
  mayBeEmpty: ReadonlySet<string>;
}

/** Columns of the envelope; no member is called so. */
export const UNIT = '@unit';
export const DAY = '@day';
export const SUBJECT = '@subject';
