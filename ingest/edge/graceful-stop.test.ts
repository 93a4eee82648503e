/** An edge that is asked to stop finishes what it has taken: every 202 is in the warehouse, nothing is answered by a 500. */
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { readEnvironment } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { eventLine } from '../stream/worker/testing/test-topic.ts';
import { startEdge } from '../testing/start-edge.ts';
import { createKey } from './keys/key-log.ts';

const LANES = 8;
const BATCH = 100;

test('an edge drains before it ends', async () => {
  const temporary = await temporaryWarehouse();
  try {
    const { warehouse, dataDir } = temporary;
    const key = await createKey(warehouse, { name: 'tester' });
    const ingest = await startEdge({
      warehouse,
      environment: readEnvironment({ HENGJIAN_DATA_DIR: dataDir, INGEST_PORT: '0' }),
      logger: pino({ level: 'silent' }),
    });
    const acknowledged: string[] = [];
    const statuses = new Set<number>();
    /** Sends one batch after the other until the edge takes no more. */
    const lane = async (name: number) => {
      for (let batch = 0; ; batch += 1) {
        const ids = Array.from({ length: BATCH }, (_, n) => `${name}-${batch}-${n}`);
        const response = await fetch(`${ingest.url}/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
          body: ids.map((id) => eventLine(id)).join('\n'),
        }).catch(() => undefined);
        if (!response) return;
        statuses.add(response.status);
        await response.arrayBuffer();
        if (response.status !== 202) return;
        acknowledged.push(...ids);
        if (acknowledged.length >= LANES * BATCH * 3) enough();
      }
    };
    let enough = () => {};
    const warm = new Promise<void>((resolve) => (enough = resolve));
    const lanes = Array.from({ length: LANES }, (_, name) => lane(name));
    await warm;
    // Half of it is with the edge when the edge is asked to stop.
    const slow = request(`${ingest.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => slow.on('response', resolve).on('error', reject));
    slow.write(`${eventLine('slow-1')}\n`);
    await pause(1_000);
    const stopped = ingest.stop();
    await pause(50);
    slow.end(eventLine('slow-2'));
    const { statusCode } = await answer;
    expect(statusCode).toBe(202);
    acknowledged.push('slow-1', 'slow-2');
    await Promise.all([stopped, ...lanes]);

    const stored = await warehouse.query<{ id: string }>('SELECT id FROM events');
    const ids = new Set(stored.map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe(stored.length);
    expect([...statuses].filter((status) => status !== 202 && status !== 503)).toEqual([]);
  } finally {
    await temporary.close();
  }
});
