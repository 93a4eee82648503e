import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { Taking } from './event-body.ts';

/**
 * Takes bodies step by step, others in between: a body of a hundred thousand lines that are all refused takes seconds, for
 * which nobody else must wait. Of one key one body at a time, so that many bodies give a key no more turns.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** @param writer whose room is waited for between steps */
  async take(key: string, taking: Taking, writer?: Pick<EventWriter, 'hasRoom' | 'room'>): Promise<void> {
    const before = this.#last.get(key);
    const work = (async () => {
      await before?.catch(() => undefined);
      while (!taking.next().done) {
        await nextTurn();
        if (writer && !writer.hasRoom()) await writer.room();
      }
    })();
    this.#last.set(key, work);
    try {
      await work;
    } finally {
      if (this.#last.get(key) === work) this.#last.delete(key);
    }
  }
}
