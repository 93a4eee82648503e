/** From a row to the lines of the log: `request` names the request, `recorded_at` the block that it was stored with. */
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventLine } from '../stream/worker/testing/test-topic.ts';
import { startEdge } from '../testing/start-edge.ts';
import { createKey } from './keys/key-log.ts';

interface Line {
  msg: string;
  level: number;
  reqId?: string;
  batch?: number;
  [field: string]: unknown;
}

let temporary: TemporaryWarehouse;
const lines: Line[] = [];
const logger = pino(
  { level: 'debug' },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Line);
      done();
    },
  }),
);
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary?.close());

test('an event and a reject lead to their request and their block; a traceparent stays with its event', async () => {
  const { warehouse, dataDir } = temporary;
  const key = await createKey(warehouse, { name: 'tester' });
  const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir, INGEST_PORT: '0' });
  const ingest = await startEdge({ warehouse, environment, logger });
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  try {
    const response = await fetch(`${ingest.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: `${JSON.stringify({ ...JSON.parse(eventLine('one')), traceparent })}\n{"specversion":"1.0"}\n`,
    });
    expect(response.status).toBe(202);
    const named = response.headers.get('x-request-id');
    for (const table of ['events', 'rejects']) {
      const [row] = await warehouse.query<{ request: string; batch: number }>(
        `SELECT toString(request) AS request, toUnixTimestamp64Micro(recorded_at) AS batch FROM ${table}`,
      );
      expect(row!.request).toBe(named);
      expect(lines.find(({ reqId }) => reqId === row!.request)).toMatchObject({
        msg: 'events taken',
        key: 'tester',
        accepted: 1,
        rejected: 1,
      });
      expect(lines.find(({ batch }) => batch === row!.batch)).toMatchObject({
        msg: 'block stored',
        events: 1,
        rejects: 1,
        ms: expect.any(Number),
      });
    }
    const [event] = await warehouse.query<{ extensions: string }>('SELECT extensions FROM events');
    expect(JSON.parse(event!.extensions)).toMatchObject({ traceparent });
    // The key itself is in no line.
    expect(JSON.stringify(lines)).not.toContain(key);
  } finally {
    await ingest.stop();
  }
});

test('a request that is no HTTP leaves nothing of its bytes in the log, and so no key', async () => {
  const { warehouse, dataDir } = temporary;
  const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir, INGEST_PORT: '0' });
  const ingest = await startEdge({ warehouse, environment, logger });
  try {
    const socket = connect(ingest.port, '127.0.0.1');
    socket.end('POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer hj_secret\r\nno header\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect(lines.filter(({ msg }) => msg === 'a request could not be read')).toMatchObject([{ status: 400 }]);
    const said = JSON.stringify(lines);
    expect(said).not.toContain('hj_secret');
    expect(said).not.toContain([...Buffer.from('hj_secret')].join(','));
  } finally {
    await ingest.stop();
  }
});
