/** CloudEvents' binary mode is what the official SDKs send by default; here their own messages come in. */
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { CloudEvent, HTTP } from 'cloudevents';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { event } from '../testing/event.ts';
import { buildIngestApp } from './ingest-app.ts';
import { createKey } from './keys/key-log.ts';
import { KeyRing } from './keys/key-ring.ts';

let temporary: TemporaryWarehouse;
let sink: EventSink;
let app: FastifyInstance;
let authorization: string;

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  sink = new EventSink({ warehouse: temporary.warehouse });
  authorization = `Bearer ${await createKey(temporary.warehouse, { name: 'tester' })}`;
  app = await buildIngestApp({
    writer: sink,
    keys: new KeyRing(temporary.warehouse),
    metrics: new IngestMetrics(),
    ready: async () => true,
    away: '',
    internalKey: undefined,
  });
});
afterAll(async () => {
  await app.close();
  await sink.stop();
  await temporary.close();
});

const post = (headers: Record<string, string>, payload: string) =>
  app.inject({ method: 'POST', url: '/v1/events', headers: { ...headers, authorization }, payload });

const stored = async (id: string) =>
  (
    await temporary.warehouse.query<Record<string, unknown>>(
      'SELECT source, type, department, data, extensions FROM events WHERE id = {id:String}',
      { id },
    )
  )[0];

test.each(['binary', 'structured'] as const)('what the JavaScript SDK sends in %s mode', async (mode) => {
  const sent = new CloudEvent({ ...event({ id: `sdk-${mode}` }), time: '2025-04-01T09:00:00+08:00' } as never);
  const { headers, body } = HTTP[mode](sent);
  const response = await post(headers as Record<string, string>, String(body));
  expect(response.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  expect(await stored(`sdk-${mode}`)).toMatchObject({ source: sent.source, type: sent.type, department: 'scjg' });
});

const attributes = {
  'ce-specversion': '1.0',
  'ce-source': 'https://t.example/a%2520b',
  'ce-type': 'login.succeeded',
  'ce-time': '2025-04-01T09:00:00+08:00',
  'ce-department': 'scjg',
  'content-type': 'application/json; charset=UTF-8',
};

test('percent-encoding, quotes and extensions are read as the binding says', async () => {
  const response = await post(
    { ...attributes, 'ce-id': '"b %22\\"%22 %25"', 'ce-note': 'Euro%20%E2%82%AC%20%F0%9F%98%80' },
    '{"account":"a"}',
  );
  expect(response.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  const row = await stored('b """ %');
  expect(row).toMatchObject({ source: 'https://t.example/a%20b', data: '{"account":"a"}' });
  expect(JSON.parse(String(row?.extensions))).toEqual({ datacontenttype: 'application/json', note: 'Euro € 😀' });
});

test('a byte order mark before the payload is no part of it', async () => {
  const response = await post({ ...attributes, 'ce-id': 'marked' }, '\ufeff{"account":"a"}');
  expect(response.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  expect(await stored('marked')).toMatchObject({ data: '{"account":"a"}' });
});

test('what cannot be read is said, and stores nothing', async () => {
  const cases: [Record<string, string>, string, number, RegExp][] = [
    [{ ...attributes, 'ce-id': '%FF' }, '{"account":"a"}', 400, /ce-id/],
    [{ ...attributes, 'ce-id': 'x' }, '{"account":"a"},"id":"y"', 400, /JSON/],
    [{ ...attributes, 'ce-id': 'x', 'content-type': 'text/plain' }, 'hello', 415, /ce-\* headers/],
    [{ 'content-type': 'application/json' }, '{"account":"a"}', 415, /ce-\* headers/],
  ];
  for (const [headers, body, status, says] of cases) {
    const response = await post(headers, body);
    expect(response.statusCode).toBe(status);
    expect(response.json().detail).toMatch(says);
  }
  const refused = await post({ ...attributes, 'ce-id': 'no-data' }, '');
  expect(refused.json().rejected).toMatchObject([{ id: 'no-data', reason: 'missing_member' }]);
});
