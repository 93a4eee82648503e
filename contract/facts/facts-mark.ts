/** Tells by which declaration the facts of a stored event were written: facts of another mark are derived again. */
import { createHash } from 'node:crypto';
import type { EventType } from '../schema/event-type.ts';
import { eventTypes } from '../schema/event-types.ts';
import { factMembers } from './fact-form.ts';

/** Goes up when the same declaration would be written in another way, or into other columns. */
const FORMAT = 1;

const marks = new WeakMap<EventType, number>();

/** 32 bits of a hash over all that decides what is written for the type; never 0, which rows without facts have. */
export function factsMark(eventType: EventType): number {
  const known = marks.get(eventType);
  if (known !== undefined) return known;
  const declared = JSON.stringify([FORMAT, eventType.type, factMembers(eventType.data)], withoutWords);
  const mark = createHash('sha256').update(declared).digest().readUInt32LE(0) || 1;
  marks.set(eventType, mark);
  return mark;
}

/** The marks of all types, ascending: events with one of them need not be read again. */
export const presentMarks = (): number[] => [...eventTypes.values()].map(factsMark).sort((a, b) => a - b);

const withoutWords = (key: string, value: unknown) => (key === 'description' ? undefined : value);
