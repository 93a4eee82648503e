/** `import` beside a running `up`: through its ingest part, which may lose answers and go away for a moment. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importBytes } from '../files/import-bytes.ts';
import { fileSubmission } from '../files/import-lines.ts';
import { lineReceiver } from '../files/line-receiver.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { line } from '../testing/event.ts';
import { countStoredIn } from './count-stored.ts';
import { buildIngestApp } from './ingest-app.ts';
import { KeyRing } from './keys/key-ring.ts';
import { RunningEdge } from './running-edge.ts';

let temporary: TemporaryWarehouse;
let sink: EventSink;
let app: FastifyInstance;
let edge: Server;
let url: string;
/** What happens to the next requests: 'drop' stores and loses the answer, 'away' answers 503. */
let mishaps: ('drop' | 'away')[] = [];

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const { warehouse } = temporary;
  sink = new EventSink({ warehouse });
  app = await buildIngestApp({
    writer: sink,
    keys: new KeyRing(warehouse),
    metrics: new IngestMetrics(),
    ready: async () => true,
    away: 'The warehouse does not answer.',
    internalKey: 'internal',
    countStored: countStoredIn(warehouse),
  });
  edge = createServer(async (request, response) => {
    const mishap = mishaps.shift();
    const payload = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    if (mishap === 'away') {
      response.writeHead(503).end();
      return;
    }
    const answer = await app.inject({
      method: 'POST',
      url: request.url!,
      payload,
      headers: request.headers as Record<string, string>,
    });
    if (mishap === 'drop') request.socket.destroy();
    else response.writeHead(answer.statusCode, { 'content-type': 'application/json' }).end(answer.rawPayload);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => edge.once('listening', resolve));
  url = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
});
afterAll(async () => {
  edge.close();
  await app.close();
  await sink.stop();
  await temporary.close();
});
beforeEach(() => {
  mishaps = [];
});

const send = (name: string, text: string, key = 'internal') =>
  importBytes(
    [Buffer.from(text)],
    lineReceiver(new RunningEdge(() => ({ url, internalKey: key })), fileSubmission(name)),
  );

test('lines keep their file and number', async () => {
  const text = [line({ id: 'r1' }), '', line({ id: 'r2' }), '{'].join('\n');
  expect(await send('/data/a.ndjson', text)).toEqual({ read: 3, accepted: 2, duplicate: 0, rejected: 1 });
  expect(
    await temporary.warehouse.query(
      "SELECT id, origin_kind, origin_pos FROM events WHERE origin = '/data/a.ndjson' ORDER BY origin_pos",
    ),
  ).toEqual([
    { id: 'r1', origin_kind: 'file', origin_pos: 1 },
    { id: 'r2', origin_kind: 'file', origin_pos: 3 },
  ]);
  expect(await temporary.warehouse.query("SELECT origin_pos FROM rejects WHERE origin = '/data/a.ndjson'")).toEqual([
    { origin_pos: 4 },
  ]);
});

test('a lost answer and a part that is away: stored once and counted as what it is', async () => {
  mishaps = ['drop', 'away', 'drop'];
  const text = [line({ id: 's1' }), line({ id: 's2' }), line({ id: 's1' }), line({ id: 'r1' }), 'x'].join('\n');
  expect(await send('/data/b.ndjson', text)).toEqual({ read: 5, accepted: 2, duplicate: 2, rejected: 1 });
  expect(await temporary.warehouse.query("SELECT count() AS n FROM events WHERE origin = '/data/b.ndjson'")).toEqual([
    { n: 2 },
  ]);
  expect(
    await temporary.warehouse.query("SELECT uniqExact(reject_id) AS n FROM rejects WHERE origin = '/data/b.ndjson'"),
  ).toEqual([{ n: 1 }]);
});

test('a line that is too large goes as its head, size and hash', async () => {
  const text = `${line({ id: 'o1' })}\n${'x'.repeat(5_000_000)}\n${line({ id: 'o2' })}\n`;
  expect(await send('/data/c.ndjson', text)).toEqual({ read: 3, accepted: 2, duplicate: 0, rejected: 1 });
  expect(
    await temporary.warehouse.query("SELECT reason, size, origin_pos FROM rejects WHERE origin = '/data/c.ndjson'"),
  ).toEqual([{ reason: 'too_large', size: 5_000_000, origin_pos: 2 }]);
});

test('a wrong key is said at once', async () => {
  await expect(send('/data/d.ndjson', line(), 'wrong')).rejects.toThrow(/refused the events: 401/);
});
