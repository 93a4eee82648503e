/** Senders that do what the contract tells them: each batch is sent again until it is acknowledged. */
import { setTimeout as pause } from 'node:timers/promises';
import type { TestTopic } from '@hengjian/ingest/stream/worker/testing/test-topic.ts';

const AGAIN_MS = 200;

/** What the edge said: status → how often; 0 where no answer came. */
export type Answers = Map<number, number>;

export interface EdgeSender {
  url: string;
  key: string;
  answers?: Answers;
  /** Gives up waiting for an answer after this. */
  patienceMs?: number;
}

/** One batch through the edge, as NDJSON. */
export async function sendThroughEdge(lines: readonly string[], edge: EdgeSender): Promise<void> {
  while ((await postOnce(lines.join('\n'), edge)) !== 202) await pause(AGAIN_MS);
}

/** @returns the status; 0 where no answer came */
export async function postOnce(body: string, { url, key, answers, patienceMs = 60_000 }: EdgeSender): Promise<number> {
  const status = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body,
    signal: AbortSignal.timeout(patienceMs),
  }).then(
    async (response) => {
      await response.arrayBuffer().catch(() => undefined);
      return response.status;
    },
    () => 0,
  );
  answers?.set(status, (answers.get(status) ?? 0) + 1);
  return status;
}

/** One batch as a foreign producer sends it: any partition, no key. */
export async function sendStraight(
  lines: readonly string[],
  topic: TestTopic,
  partitions: number,
  random: () => number,
): Promise<void> {
  const records = lines.map((value) => ({ value, partition: Math.floor(random() * partitions) }));
  for (;;) {
    try {
      return await topic.send(records);
    } catch {
      await pause(AGAIN_MS);
    }
  }
}
