import type { AuthorizedFields } from '@hengjian/contract/authorize.ts';
import { THINGS, type Thing } from '@hengjian/contract/owners.ts';
import { thingsBegunBy, unitsBegunBy } from './find-thing-owners.ts';
import { Latest } from './latest.ts';

/** So many at least are remembered, of pushes and of other things; of those from before, the warehouse knows by then. */
const REMEMBERED = 10_000;
/** Longer ids, and more units of one, are not remembered, only stored: events may be large, and this stays small. */
const LONGEST_ID = 256;
const MOST_UNITS = 200;

interface Whose {
  units: Set<string>;
  sources: Set<string>;
}

/**
 * Pushes, tasks, objections and alerts that were begun by events which the warehouse does not show yet: earlier ones of the same request,
 * and of an edge in front of a log what it has put there. What speaks of them is no more ahead of them.
 */
export class BegunThings {
  readonly #pushes = new Latest<Whose>(REMEMBERED);
  readonly #things = new Latest<Whose>(REMEMBERED);

  /** An event that was let in; twice is as good as once. */
  note(event: AuthorizedFields): void {
    const type = event.type.text;
    const kinds = thingsBegunBy(type);
    const isPush = type === 'registration.pushed';
    const isHandedOn = type === 'push.dispatched';
    if (kinds.length === 0 && !isPush && !isHandedOn) return;
    const data = JSON.parse(event.bytes.toString('utf8', event.dataStart, event.dataEnd)) as Record<string, unknown>;
    const unit = event.department.text;
    for (const kind of kinds)
      remember(this.#things, data[THINGS[kind]], unitsBegunBy(kind, { type, unit, data }), [], kind);
    if (isPush) remember(this.#pushes, data.push_id, [unit], [event.source.text]);
    if (isHandedOn) remember(this.#pushes, data.push_id, [data.to_unit], []);
  }

  /** Whose it is; undefined: none was begun of late. */
  of(kind: Thing, id: string): readonly string[] | undefined {
    const whose = this.#things.get(keyOf(kind, id));
    return whose && [...whose.units];
  }

  /** Whose the push is, and which sources pushed it: none where it was only handed on of late. */
  push(id: string): { units: readonly string[]; sources: readonly string[] } | undefined {
    const whose = this.#pushes.get(keyOf('', id));
    return whose && { units: [...whose.units], sources: [...whose.sources] };
  }
}

function remember(
  all: Latest<Whose>,
  id: unknown,
  units: readonly unknown[],
  sources: readonly string[],
  kind: Thing | '' = '',
): void {
  const named = units.filter((unit) => typeof unit === 'string' && unit !== '') as string[];
  if (typeof id !== 'string' || id.length > LONGEST_ID || named.length === 0) return;
  const key = keyOf(kind, id);
  const whose = all.get(key) ?? { units: new Set(), sources: new Set() };
  for (const unit of named) if (whose.units.size < MOST_UNITS) whose.units.add(unit);
  for (const source of sources) if (whose.sources.size < MOST_UNITS) whose.sources.add(source);
  all.set(key, whose);
}

const keyOf = (kind: Thing | '', id: string) => `${kind}\0${id}`;
