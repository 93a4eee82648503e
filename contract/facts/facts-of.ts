/**
 * The facts of an event: the declared members of its `data` as canonical JSON (in the order of the schema, without
 * blanks, numbers in plain digits), which every engine reads alike. The check writes them beside the bytes as they came,
 * and whatever scores reads nothing else.
 */
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { EventType } from '../schema/event-type.ts';
import type { FactForm, FactMember } from './fact-form.ts';
import { factMembers } from './fact-form.ts';
import { plainNumber } from './plain-number.ts';

type Values = Record<string, unknown>;

interface Reader extends FactMember {
  key: string;
  fits: (value: unknown) => boolean;
}

const readers = new WeakMap<EventType, readonly Reader[]>();

/**
 * @param data of an event that the check let through, or read again from what it stored
 * @returns the facts of the event as JSON text
 */
export function factsOf(eventType: EventType, data: Values): string {
  let text = '';
  for (const { name, key, form, fits } of readersOf(eventType)) {
    if (!Object.hasOwn(data, name) || !fits(data[name])) continue;
    text += `${text === '' ? '{' : ','}${key}:${written(form, data[name])}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

function readersOf(eventType: EventType): readonly Reader[] {
  const known = readers.get(eventType);
  if (known) return known;
  const made = factMembers(eventType.data).map((member) => ({
    ...member,
    key: JSON.stringify(member.name),
    fits: formCheck(member.readAs),
  }));
  readers.set(eventType, made);
  return made;
}

function formCheck(form: TSchema | undefined): (value: unknown) => boolean {
  if (!form) return () => true;
  const validator = Compile(form);
  return (value) => validator.Check(value);
}

function written(form: FactForm, value: unknown): string {
  switch (form.kind) {
    case 'list':
      return Array.isArray(value) ? `[${value.map((item) => written(form.item, item)).join(',')}]` : scalar(value);
    case 'object':
      return typeof value === 'object' && value !== null
        ? `{${form.members
            .filter(({ name }) => Object.hasOwn(value, name))
            .map((member) => `${JSON.stringify(member.name)}:${written(member.form, (value as Values)[member.name])}`)
            .join(',')}}`
        : scalar(value);
    default:
      return scalar(value);
  }
}

/** Of another form only where the check was passed by (tests): said as what it is, or as null. */
function scalar(value: unknown): string {
  if (typeof value === 'number') return plainNumber(value);
  return typeof value === 'object' ? 'null' : JSON.stringify(value);
}
