/** OpenAPI against real traffic: a listening edge on a real warehouse; every documented status of POST /v1/events is met. */
import { gzipSync } from 'node:zlib';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BATCH_TYPE, EVENT_TYPE, NDJSON_TYPE } from '../edge/event-body.ts';
import { buildIngestApp, type IngestAppOptions } from '../edge/ingest-app.ts';
import { createKey } from '../edge/keys/key-log.ts';
import { KeyRing } from '../edge/keys/key-ring.ts';
import type { IngestPart } from '../edge/start-ingest.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { event, line } from '../testing/event.ts';
import { rawConversation, requestHead } from '../testing/raw-conversation.ts';
import { startEdge } from '../testing/start-edge.ts';
import { type OpenapiTraffic, openapiTraffic } from './testing/openapi-traffic.ts';

const EVENTS = '/v1/events';

let temporary: TemporaryWarehouse;
let edge: IngestPart;
let key: string;
let traffic: OpenapiTraffic;
const apps: FastifyInstance[] = [];
let sink: EventSink;

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const { warehouse, dataDir } = temporary;
  key = await createKey(warehouse, { name: 'tester' });
  sink = new EventSink({ warehouse });
  edge = await startEdge({
    warehouse,
    environment: {
      clickhouseUrl: undefined,
      dataDir,
      ingestPort: 0,
      listenHost: '127.0.0.1',
      kafkaBrokers: [],
      kafkaTopic: 'supervision.events',
    },
    logger: pino({ level: 'silent' }),
  });
  // What is judged by is what the edge itself hands out.
  traffic = openapiTraffic((await (await fetch(`${edge.url}/v1/openapi.json`)).json()) as object);
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await sink?.stop();
  await edge?.stop();
  await temporary?.close();
});

/** An edge with narrower limits, listening. @returns its address */
async function narrow(changes: Partial<IngestAppOptions>): Promise<string> {
  const app = await buildIngestApp({
    writer: sink,
    keys: new KeyRing(temporary.warehouse),
    metrics: new IngestMetrics(),
    ready: async () => true,
    away: 'The warehouse does not answer.',
    ...changes,
  });
  apps.push(app);
  return app.listen({ port: 0, host: '127.0.0.1' });
}

interface Sent {
  to?: string;
  type?: string;
  headers?: Record<string, string>;
}

const post = (body: string | Buffer, { to = edge.url, type = EVENT_TYPE, headers = {} }: Sent = {}) =>
  fetch(`${to}${EVENTS}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

/** Sends it; the answer must have this status and be as described. */
async function expectAnswer(status: number, body: string | Buffer, sent?: Sent): Promise<unknown> {
  const response = await post(body, sent);
  const text = await traffic.hold('post', EVENTS, response);
  expect([response.status, text]).toEqual([status, text]);
  return JSON.parse(text);
}

describe('POST /v1/events answers as described', () => {
  test('202: one, an array, lines, packed; the bodies sent are as described too', async () => {
    const one = event({ traceparent: '00-1' });
    const two = [event({ region: null }), event({ type: 'push.claimed', data: { push_id: 'P' } })];
    expect(traffic.requestErrors('post', EVENTS, EVENT_TYPE, one)).toEqual([]);
    expect(traffic.requestErrors('post', EVENTS, BATCH_TYPE, two)).toEqual([]);
    expect(await expectAnswer(202, JSON.stringify(one))).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    expect(await expectAnswer(202, JSON.stringify(two), { type: BATCH_TYPE })).toMatchObject({ accepted: 2 });
    expect(await expectAnswer(202, `${JSON.stringify(one)}\n${line()}\n`, { type: NDJSON_TYPE })).toMatchObject({
      accepted: 1,
      duplicate: 1,
    });
    const packed = { headers: { 'content-encoding': 'gzip' } };
    expect(await expectAnswer(202, gzipSync(line()), packed)).toMatchObject({ accepted: 1 });
  });

  test('202 with what was refused; those events do not fit the description', async () => {
    const bad = [7, event({ time: 'x' }), event({ type: 'no.such' }), event({ data: {} }), { id: 5 }];
    for (const one of bad) expect(traffic.requestErrors('post', EVENTS, BATCH_TYPE, [one])).not.toEqual([]);
    const receipt = await expectAnswer(202, JSON.stringify([...bad, event()]), { type: BATCH_TYPE });
    expect(receipt).toMatchObject({
      accepted: 1,
      rejected: ['not_an_object', 'time_form', 'unknown_type', 'missing_member', 'missing_member'].map(
        (reason, index) => ({
          index,
          reason,
        }),
      ),
    });
  });

  test('400: not JSON, not an array, not gzip, empty', async () => {
    await expectAnswer(400, '{');
    await expectAnswer(400, '{}', { type: BATCH_TYPE });
    await expectAnswer(400, 'plain', { headers: { 'content-encoding': 'gzip' } });
    await expectAnswer(400, '');
  });

  test('401: no key, a wrong key', async () => {
    await expectAnswer(401, line(), { headers: { authorization: '' } });
    await expectAnswer(401, line(), { headers: { authorization: 'Bearer wrong' } });
  });

  test('408: a body that does not come', async () => {
    const head = requestHead(`POST ${EVENTS}`, {
      authorization: `Bearer ${key}`,
      'content-type': EVENT_TYPE,
      'content-length': 9,
    });
    const response = await rawConversation(await narrow({ stallMs: 50 }), head).answer;
    await traffic.hold('post', EVENTS, response);
    expect(response.status).toBe(408);
  });

  test('413: too many events, too many bytes', async () => {
    await expectAnswer(413, '\n'.repeat(100_001), { type: NDJSON_TYPE });
    const large = gzipSync(Buffer.alloc(17 * 1024 * 1024, 32));
    await expectAnswer(413, large, { type: NDJSON_TYPE, headers: { 'content-encoding': 'gzip' } });
  });

  test('415: another content type, another packing', async () => {
    await expectAnswer(415, line(), { type: 'text/plain' });
    await expectAnswer(415, line(), { headers: { 'content-encoding': 'br' } });
  });

  test('429: more requests than the key may send', async () => {
    const to = await narrow({ requestsPerSecond: 1 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('[]', { to, type: BATCH_TYPE })));
    for (const response of answers) await traffic.hold('post', EVENTS, response);
    expect(answers.map(({ status }) => status)).toContain(429);
  });

  test('400 and 431 before there is a route', async () => {
    for (const [headers, status] of [
      [{ 'Content-Length': 'ten' }, 400],
      [{ Long: 'x'.repeat(20_000) }, 431],
    ] as const) {
      const response = await rawConversation(edge.url, requestHead(`POST ${EVENTS}`, headers)).answer;
      await traffic.hold('post', EVENTS, response);
      expect(response.status).toBe(status);
    }
  });

  test('500: a fault of the product', async () => {
    const writer = new Proxy(sink, {
      get(target, name) {
        if (name === 'open') throw new TypeError('a bug');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }) as EventWriter;
    await expectAnswer(500, line(), { to: await narrow({ writer }) });
  });

  test('503: too much is open', async () => {
    await expectAnswer(503, line(), { to: await narrow({ maxOpenBytes: 10 }) });
  });
});

test('health, metrics and the documents answer as described', async () => {
  for (const path of ['/health/live', '/health/ready', '/metrics', '/v1/openapi.json', '/v1/asyncapi.json']) {
    const response = await fetch(edge.url + path);
    await traffic.hold('get', path, response);
    expect([path, response.status]).toEqual([path, 200]);
  }
});

test('metrics as OpenMetrics for who asks for it', async () => {
  const response = await fetch(`${edge.url}/metrics`, { headers: { accept: 'application/openmetrics-text' } });
  expect(response.headers.get('content-type')).toContain('application/openmetrics-text');
  await traffic.hold('get', '/metrics', response);
});

test('with the engine away: 503 as described, ready and events', async () => {
  await temporary.engine.stop();
  const response = await fetch(`${edge.url}/health/ready`);
  await traffic.hold('get', '/health/ready', response);
  expect(response.status).toBe(503);
  // A key that nobody has asked for before cannot be checked now.
  await expectAnswer(503, line(), { headers: { authorization: 'Bearer hj_never-seen' } });
});

test('no documented status of POST /v1/events went unseen, no operation unasked', () => {
  expect(traffic.unseen('post', EVENTS)).toEqual([]);
  expect(traffic.unasked()).toEqual([]);
});
