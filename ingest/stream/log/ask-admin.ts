import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';

/**
 * Asks the brokers and lets go of them. A frozen broker keeps connections open and says nothing; the client's own time-outs add
 * up to much more than `withinMs`.
 * @param ask is given the connected client
 * @throws what the client says, or that nothing came in time
 */
export async function askAdmin<T>(admin: Admin, ask: (admin: Admin) => Promise<T>, withinMs: number): Promise<T> {
  const overdue = new AbortController();
  try {
    return await Promise.race([
      admin.connect().then(() => ask(admin)),
      pause(withinMs, undefined, { signal: overdue.signal }).then(() => {
        throw new Error(`nothing within ${withinMs / 1_000} seconds`);
      }),
    ]);
  } finally {
    overdue.abort();
    // It waits for the answer to what was asked, which of a frozen broker never comes.
    void admin.disconnect().catch(() => {});
  }
}
