/** A stored event as a file holds it that leaves: without the names, telephone and id numbers of natural persons. */
import { forFiles, personName, SOLE_TRADER } from './natural-persons.ts';
import { maskNumbers } from './personal-numbers.ts';
import { EVERYTHING } from './scope.ts';

/** Of firms too: these are persons whoever the subject is. */
const PERSONS = /^(contact|legal_representative|operator|responsible_person)$/;
/** The subject's own, where that is a sole trader; and an inspector's. */
const NAMES = /^(name|former_name|subject_name)$/;
/** By these events are told apart and belong together: a mask would make one of many. */
const KEYS = /(_id|_no|_by)$|^(id|key|subject|record|account|inspectors?)$/;

const FILES = forFiles(EVERYTHING);

/** Of ES2026, which the types do not know yet. */
const RAW = JSON as unknown as {
  parse(text: string, reviver: (name: string, value: unknown, context: { source?: string }) => unknown): unknown;
  stringify(value: unknown): string;
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
};

/** @param line a CloudEvents object. What holds nothing of a person stays byte for byte, and so does each number. */
export function maskedEvent(line: string): string {
  const event = RAW.parse(line, asWritten) as { type: string; subject?: string; data: unknown };
  const named = event.subject?.startsWith(SOLE_TRADER) || event.type.startsWith('inspector.');
  let changed = false;
  const shown = (name: string, value: string): string => {
    if (PERSONS.test(name) || (named && NAMES.test(name))) return personName(FILES, value);
    return KEYS.test(name) ? value : maskNumbers(value);
  };
  const data = masked(event.data, '', (name, value) => {
    const text = shown(name, value);
    changed ||= text !== value;
    return text;
  });
  return changed ? RAW.stringify({ ...event, data }) : line;
}

/** A number that no double holds stays as it was written. */
const asWritten = (_: string, value: unknown, { source }: { source?: string }): unknown =>
  typeof value === 'number' ? RAW.rawJSON(source!) : value;

/** @param name of the member that holds the value, or the list that it stands in */
function masked(value: unknown, name: string, shown: (name: string, text: string) => string): unknown {
  if (typeof value === 'string') return shown(name, value);
  if (Array.isArray(value)) return value.map((one) => masked(one, name, shown));
  if (typeof value !== 'object' || value === null || RAW.isRawJSON(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, key, shown)]));
}
