import type { Thing } from '@hengjian/contract/owners.ts';
import { thingsBegunBy } from './find-thing-owners.ts';

/** So many are remembered; of those from before, the warehouse knows by then. */
const REMEMBERED = 10_000;

/**
 * Tasks, objections and alerts that were begun by events which the warehouse does not show yet: earlier ones of the same request, and of
 * an edge in front of a log what it has put there. What speaks of them is no more ahead of them.
 */
export class BegunThings {
  readonly #units = new Map<string, string>();

  /** An event that was let in. */
  note({ type, thing, unit }: { type: string; thing: string; unit: string }): void {
    for (const kind of thingsBegunBy(type)) {
      const key = keyOf(kind, thing);
      if (!this.#units.has(key)) this.#units.set(key, unit);
    }
    for (const key of this.#units.keys()) {
      if (this.#units.size <= REMEMBERED) break;
      this.#units.delete(key);
    }
  }

  /** Whose it is; undefined: none was begun of late. */
  of(kind: Thing, id: string): readonly string[] | undefined {
    const unit = this.#units.get(keyOf(kind, id));
    return unit === undefined ? undefined : [unit];
  }
}

const keyOf = (kind: Thing, id: string) => `${kind}\0${id}`;
