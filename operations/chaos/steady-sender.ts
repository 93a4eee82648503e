/** A system that pushes a batch every moment and sends it again until it is acknowledged, as the contract asks. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';

export interface SenderOptions {
  /** of POST /v1/events */
  url: string;
  key: string;
  /** of its events; tells this sender's apart from others' */
  source: string;
  batch?: number;
  everyMs?: number;
}

export interface Answer {
  /** 0: no answer came */
  status: number;
  detail: string;
  retryAfter: string | null;
}

export interface SteadySender {
  /** Events acknowledged so far. */
  acknowledged(): number;
  /** All answers since the last call. */
  answers(): Answer[];
  /** Waits for the next answer of this kind. @throws after four minutes, with the answers seen. */
  until(what: (answer: Answer) => boolean): Promise<Answer>;
  /** Ends after the present batch is acknowledged. @returns the events acknowledged: all that were ever sent */
  stop(): Promise<number>;
}

const PATIENCE_MS = 240_000;

export function startSender({ url, key, source, batch = 50, everyMs = 50 }: SenderOptions): SteadySender {
  let stopping = false;
  let acknowledged = 0;
  let seen: Answer[] = [];
  const listeners = new Set<(answer: Answer) => void>();
  const running = (async () => {
    while (!stopping) {
      const body = Array.from({ length: batch }, (_, n) => eventOf(source, acknowledged + n)).join('\n');
      for (let taken = false; !taken; ) {
        const answer = await post(url, key, body);
        seen.push(answer);
        for (const tell of listeners) tell(answer);
        taken = answer.status === 202;
        await pause(taken ? everyMs : 250);
      }
      acknowledged += batch;
    }
  })();
  return {
    acknowledged: () => acknowledged,
    answers() {
      const all = seen;
      seen = [];
      return all;
    },
    until: (what) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(listen);
          reject(new Error(`not answered so within four minutes; the last: ${JSON.stringify(seen.slice(-5))}`));
        }, PATIENCE_MS);
        const listen = (answer: Answer) => {
          if (!what(answer)) return;
          clearTimeout(timer);
          listeners.delete(listen);
          resolve(answer);
        };
        listeners.add(listen);
      }),
    async stop() {
      stopping = true;
      await running;
      return acknowledged;
    },
  };
}

/** One request, whatever comes of it. */
export async function post(url: string, key: string, body: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body,
      signal: AbortSignal.timeout(90_000),
    });
    const { detail = '' } = (await response.json()) as { detail?: string };
    return { status: response.status, detail, retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    return { status: 0, detail: String((error as Error).cause ?? error), retryAfter: null };
  }
}

export const eventOf = (source: string, n: number): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `e${n}`,
    source,
    type: 'login.succeeded',
    time: '2025-04-01T09:00:00+08:00',
    department: 'scjg',
    data: { account: 'a' },
  });

/** What the warehouse has of a sender: rows, and different events among them. */
export async function storedOf(warehouse: Warehouse, source: string): Promise<{ rows: number; events: number }> {
  const [row] = await warehouse.query<{ rows: number; events: number }>(
    'SELECT count() AS rows, uniqExact(id) AS events FROM events WHERE source = {source:String}',
    { source },
  );
  return row!;
}

/** Waits until so many events of a sender are stored. @throws after four minutes without a new one */
export async function untilStored(warehouse: Warehouse, source: string, events: number): Promise<void> {
  let best = -1;
  for (let deadline = performance.now() + PATIENCE_MS; ; ) {
    const now = await storedOf(warehouse, source);
    if (now.events >= events) return;
    if (now.events > best) deadline = performance.now() + PATIENCE_MS;
    best = Math.max(best, now.events);
    if (performance.now() > deadline) throw new Error(`${now.events} of ${events} events of ${source} are stored`);
    await pause(200);
  }
}
