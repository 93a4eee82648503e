import { gzipSync } from 'node:zlib';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { event, line, SOURCE } from '../testing/event.ts';
import { buildIngestApp } from './ingest-app.ts';
import { hashOfKey, rightsOf } from './keys/ingest-key.ts';
import { createKey, keyNamed, revokeKey } from './keys/key-log.ts';
import { KeyRing } from './keys/key-ring.ts';

const SINGLE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const NDJSON = 'application/x-ndjson';

let temporary: TemporaryWarehouse;
let sink: EventSink;
let app: FastifyInstance;
let key: string;
let ready = true;

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  sink = new EventSink({ warehouse: temporary.warehouse });
  key = await createKey(temporary.warehouse, { name: 'tester' });
  app = await build();
});
afterAll(async () => {
  await app.close();
  await sink.stop();
  await temporary.close();
});

const build = (changes: Partial<Parameters<typeof buildIngestApp>[0]> = {}) =>
  buildIngestApp({
    writer: sink,
    keys: new KeyRing(temporary.warehouse),
    metrics: new IngestMetrics(),
    ready: async () => ready,
    away: 'The warehouse does not answer.',
    internalKey: 'internal',
    ...changes,
  });

const post = (payload: string | Buffer, type = SINGLE, headers: InjectOptions['headers'] = {}, to = app) =>
  to.inject({
    method: 'POST',
    url: '/v1/events',
    payload,
    headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
  });

const stored = async (id: string) =>
  (await temporary.warehouse.query('SELECT * FROM events WHERE id = {id:String}', { id }))[0] as Record<
    string,
    unknown
  >;

function expectProblem(response: Awaited<ReturnType<typeof post>>, status: number): void {
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json');
  expect(response.json()).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.stringMatching(/\S/),
  });
}

describe('what is taken', () => {
  test('one event: durable when answered, with its origin', async () => {
    const one = event({ id: 'single', region: '320671001' });
    const response = await post(JSON.stringify(one, null, 2));
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
    expect(await stored('single')).toMatchObject({
      source: SOURCE,
      time: '2025-04-01 09:00:00.000000',
      utc_offset_min: 480,
      region: '320671001',
      origin_kind: 'http',
      origin: 'tester',
      origin_pos: 0,
      request: response.headers['x-request-id'],
    });
  });

  test('a batch: good ones stored, the rest named by index, id, reason and detail', async () => {
    const bad = { ...event({ id: 'batch-1' }), time: '2025-04-01T09:00:00' };
    const response = await post(JSON.stringify([event({ id: 'batch-0' }), bad, 7, event({ id: 'batch-0' })]), BATCH);
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({
      accepted: 1,
      duplicate: 1,
      rejected: [
        { index: 1, id: 'batch-1', reason: 'time_without_offset', detail: expect.stringContaining('offset') },
        { index: 2, id: '', reason: 'not_an_object', detail: expect.any(String) },
      ],
    });
    const rejects = await temporary.warehouse.query(
      'SELECT reason, bytes, origin_kind, request FROM rejects WHERE id = {id:String}',
      { id: 'batch-1' },
    );
    expect(rejects).toEqual([
      {
        reason: 'time_without_offset',
        bytes: JSON.stringify(bad),
        origin_kind: 'http',
        request: response.headers['x-request-id'],
      },
    ]);
  });

  test('an event that is too large is refused by itself, unparsed', async () => {
    const large = line({ id: 'large', data: { account: 'x'.repeat(5_000_000) } });
    const of = (index: number) => [{ index, id: '', reason: 'too_large', detail: expect.stringContaining('4194304') }];
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'large-binary',
      'ce-source': 's',
      'ce-type': 'login.succeeded',
    };
    for (const answer of [await post(large), await post(large, 'application/json', headers)])
      expect([answer.statusCode, answer.json()]).toEqual([202, { accepted: 0, duplicate: 0, rejected: of(0) }]);
    const batch = await post(`[${line({ id: 'beside-large' })},${large}]`, BATCH);
    expect(batch.json()).toEqual({ accepted: 1, duplicate: 0, rejected: of(1) });
  });

  test('`data` is kept byte for byte, whatever the spacing and unknown members', async () => {
    const data = '{ "account" : "甲",\n  "extra":[1.50, {"x":null}] }';
    const text = `[ {"data":${data},"specversion":"1.0","id":"verbatim","source":"s","type":"login.succeeded","time":"2025-04-01T01:00:00Z","department":"d","datacontenttype":"application/json"} ]`;
    expect((await post(text, BATCH)).json()).toMatchObject({ accepted: 1 });
    expect(await stored('verbatim')).toMatchObject({ data, extensions: '{"datacontenttype":"application/json"}' });
  });

  test('NDJSON: indices count events, not lines; one bad line harms no other', async () => {
    const body = `\ufeff${line({ id: 'nd-0' })}\r\n\n{"broken\n${line({ id: 'nd-2' })}`;
    const response = await post(body, NDJSON);
    expect(response.json()).toMatchObject({
      accepted: 2,
      duplicate: 0,
      rejected: [{ index: 1, reason: 'json_syntax' }],
    });
  });

  test('an empty batch', async () => {
    expect((await post('[]', BATCH)).json()).toEqual({ accepted: 0, duplicate: 0, rejected: [] });
  });

  // RFC 9110 §8.4.1.3: x-gzip is the same.
  test.each(['gzip', 'x-gzip'])('a %s body, and a charset parameter', async (encoding) => {
    const response = await post(gzipSync(line({ id: `packed-${encoding}` })), `${SINGLE}; charset=UTF-8`, {
      'content-encoding': encoding,
    });
    expect(response.json()).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  });

  test('the same event again, in another request and by many at once, is stored once', async () => {
    const text = line({ id: 'again' });
    const outcomes = await Promise.all(Array.from({ length: 20 }, async () => (await post(text)).json()));
    expect(outcomes.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
    expect(outcomes.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(19);
    expect(await temporary.warehouse.query("SELECT count() AS n FROM events WHERE id = 'again'")).toEqual([{ n: 1 }]);
  });
});

describe('what is not taken', () => {
  test.each([
    ['not JSON', '{', SINGLE],
    ['empty', '', SINGLE],
    ['a batch sent as one event', '[]', SINGLE],
    ['one event sent as a batch', '{}', BATCH],
    ['a batch with one event that is not JSON', `[${line()},{"a":}]`, BATCH],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), BATCH],
  ])('400: %s', async (_, body, type) => {
    expectProblem(await post(body, type), 400);
  });

  test('400: not gzip', async () => {
    expectProblem(await post('plain', SINGLE, { 'content-encoding': 'gzip' }), 400);
  });

  test('a body that is refused as a whole leaves nothing behind', async () => {
    await post(`[${line({ id: 'half' })},{]`, BATCH);
    expect(await stored('half')).toBeUndefined();
  });

  test.each(['', 'Bearer ', 'Bearer wrong', 'Basic abc', 'Bearer hj_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    '401: %s',
    async (authorization) => {
      const response = await post(line(), SINGLE, { authorization });
      expectProblem(response, 401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
    },
  );

  test('413: too large, packed or not', async () => {
    const large = Buffer.alloc(17 * 1024 * 1024, 32);
    expectProblem(await post(large, NDJSON), 413);
    expectProblem(await post(gzipSync(large), NDJSON, { 'content-encoding': 'gzip' }), 413);
  });

  test('413: too many events', async () => {
    expectProblem(await post('[]\n'.repeat(100_001), NDJSON), 413);
    expectProblem(await post(`[${'1,'.repeat(100_000)}1]`, BATCH), 413);
  });

  test('503 when events are not durable in time', async () => {
    const slow = await build({
      answerWithinMs: 50,
      writer: new Proxy(sink, {
        get: (target, name) =>
          name === 'flush' ? () => new Promise(() => {}) : Reflect.get(target, name)?.bind?.(target),
      }) as EventWriter,
    });
    const response = await post(line(), SINGLE, {}, slow);
    expectProblem(response, 503);
    expect(response.headers['retry-after']).toBe('5');
    await slow.close();
  });

  test.each(['application/json', 'text/plain', '', `${SINGLE}; charset=gbk`])('415: %s', async (type) => {
    expectProblem(await post(line(), type), 415);
  });

  test('415: an unknown packing', async () => {
    expectProblem(await post(line(), SINGLE, { 'content-encoding': 'br' }), 415);
  });

  test('404 names the right way', async () => {
    const response = await app.inject('/events');
    expectProblem(response as never, 404);
    expect(response.json().detail).toContain('/v1/events');
  });

  test('429 with Retry-After when a key sends too much; another key is not hit', async () => {
    const narrow = await build({ requestsPerSecond: 3 });
    const other = await createKey(temporary.warehouse, { name: 'other' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('[]', BATCH, {}, narrow)));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThan(0);
    expectProblem(refused[0]!, 429);
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
    expect((await post('[]', BATCH, { authorization: `Bearer ${other}` }, narrow)).statusCode).toBe(202);
    await narrow.close();
  });

  test('503 with Retry-After when too much waits or is open', async () => {
    const full = await build({
      writer: new Proxy(sink, {
        get: (target, name) => (name === 'hasRoom' ? () => false : Reflect.get(target, name)?.bind?.(target)),
      }) as EventWriter,
    });
    const response = await post(line(), SINGLE, {}, full);
    expectProblem(response, 503);
    expect(response.headers['retry-after']).toBe('1');
    await full.close();
    const small = await build({ maxOpenBytes: 10 });
    expectProblem(await post(line(), SINGLE, {}, small), 503);
    await small.close();
  });
});

describe('keys', () => {
  test('a key bound to a source and units may send nothing else', async () => {
    const bound = await createKey(temporary.warehouse, { name: 'bound', sources: ['urn:a'], units: ['scjg', 'gafj'] });
    const body = [
      event({ source: 'urn:a' }),
      event({ source: 'urn:b' }),
      event({ source: 'urn:a', department: 'xzsp' }),
    ];
    const response = await post(JSON.stringify(body), BATCH, { authorization: `Bearer ${bound}` });
    expect(response.json()).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, reason: 'source_not_allowed' },
        { index: 2, reason: 'unit_not_allowed' },
      ],
    });
  });

  test('a limited key does what its units and sources do, and acts of others only by a grant', async () => {
    const limits = { sources: ['urn:a'], units: ['scjg'] };
    const plain = await createKey(temporary.warehouse, { name: 'plain', ...limits });
    const granted = await createKey(temporary.warehouse, { name: 'granted', ...limits, may: ['office'] });
    const of = (type: string, data: object) => event({ source: 'urn:a', type, data });
    const mark = { quarter: '2025Q2', item: 'dr_single', unit: 'czj', points: 0, reason: '核查', approver: '联席办' };
    const acts = () => [
      of('mark.awarded', mark),
      of('meeting.held', { meeting_id: 'm', required: ['czj'] }),
      of('material.due', { obligation_id: 'o', due_on: '2025-04-02', required: ['czj'] }),
      of('outage.declared', { from: '2025-04-01', to: '2025-06-30', units: [], reason: 'x' }),
      of('event.voided', { event_source: 'urn:others', event_id: 'e', reason: 'x' }),
      of('event.voided', { event_source: 'urn:a', event_id: 'e', reason: 'x' }),
      of('push.voided', { push_id: 'p', reason: 'x' }),
      of('score.published', {}),
      of('login.succeeded', { account: 'a' }),
    ];
    // One that has not read the keys before these were made.
    const fresh = await build();
    const refusedTo = async (token: string) => {
      const response = await post(JSON.stringify(acts()), BATCH, { authorization: `Bearer ${token}` }, fresh);
      const { accepted, rejected } = response.json() as {
        accepted: number;
        rejected: { index: number; reason: string }[];
      };
      expect(accepted + rejected.length).toBe(9);
      expect(new Set(rejected.map(({ reason }) => reason))).toEqual(new Set(['not_granted']));
      return rejected.map(({ index }) => index);
    };
    expect(await refusedTo(plain)).toEqual([0, 1, 2, 3, 4, 6, 7]);
    expect(await refusedTo(granted)).toEqual([6, 7]);
    // A key without limits does everything but the acts of the product.
    expect(await refusedTo(key)).toEqual([7]);
  });

  test('keys made before grants: one of a source alone is the registry’s, no other does the acts of others', async () => {
    const earlier = [
      ['old registry', 'urn:r', []],
      ['old unit', '', ['scjg']],
      ['old both', 'urn:r', ['scjg']],
      ['old any', '', []],
    ] as const;
    for (const [name, source, units] of earlier)
      await temporary.warehouse.command(
        'INSERT INTO ingest_key_changes (name, key_hash, source, units, revoked, changed_at) SELECT {name:String}, {hash:String}, {source:String}, {units:Array(String)}, false, now64(6)',
        { name, source, units, hash: hashOfKey(name) },
      );
    const rights = await Promise.all(
      earlier.map(async ([name]) => rightsOf((await keyNamed(temporary.warehouse, name))!)),
    );
    expect(rights).toEqual([
      { by: 'old registry', sources: ['urn:r'], units: 'all', may: ['registry'], outside: true },
      { by: 'old unit', sources: 'all', units: ['scjg'], may: [], outside: true },
      { by: 'old both', sources: ['urn:r'], units: ['scjg'], may: [], outside: true },
      { by: 'old any', sources: 'all', units: 'all', may: ['registry', 'office'], outside: true },
    ]);
  });

  test('only the hash is kept, and a revoked key ends', async () => {
    const gone = await createKey(temporary.warehouse, { name: 'gone' });
    const rows = await temporary.warehouse.query('SELECT * FROM ingest_key_changes');
    expect(JSON.stringify(rows)).not.toContain(gone.slice(3));
    await revokeKey(temporary.warehouse, 'gone');
    expectProblem(await post(line(), SINGLE, { authorization: `Bearer ${gone}` }, await build()), 401);
  });

  test('names are taken once; wrong units and sources are told', async () => {
    await expect(createKey(temporary.warehouse, { name: 'tester' })).rejects.toThrow(/already/);
    await expect(createKey(temporary.warehouse, { name: 'x', sources: ['a b'] })).rejects.toThrow(/URI/);
    await expect(createKey(temporary.warehouse, { name: 'x', units: ['a b'] })).rejects.toThrow(/unit/);
    await expect(createKey(temporary.warehouse, { name: 'x', sources: [''] })).rejects.toThrow(/--source is empty/);
    await expect(createKey(temporary.warehouse, { name: 'x', may: ['product'] })).rejects.toThrow(/--may takes office/);
    await expect(revokeKey(temporary.warehouse, 'nobody')).rejects.toThrow(/no key/);
  });
});

describe('health, metrics, internal routes', () => {
  test('live, ready, not ready', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await app.inject('/health/ready')).statusCode).toBe(200);
    ready = false;
    expectProblem((await app.inject('/health/ready')) as never, 503);
    ready = true;
  });

  test('metrics in the Prometheus text format', async () => {
    const response = await app.inject('/metrics');
    expect(response.headers['content-type']).toContain('text/plain');
    expect(response.body).toMatch(/hengjian_http_request_seconds_count\{route="\/v1\/events",status="202"\} \d+/);
  });

  test('lines with their place in a file, by the internal key only', async () => {
    const send = (authorization: string) =>
      app.inject({
        method: 'POST',
        url: '/internal/lines?name=a.ndjson&line=41',
        payload: `${line({ id: 'in-file' })}\n{\n`,
        headers: { authorization, 'content-type': 'application/octet-stream' },
      });
    expectProblem((await send(`Bearer ${key}`)) as never, 401);
    expect((await send('Bearer internal')).json()).toEqual({ accepted: 1, duplicate: 0, rejected: 1 });
    expect(await stored('in-file')).toMatchObject({ origin_kind: 'file', origin: 'a.ndjson', origin_pos: 41 });
    expect(await temporary.warehouse.query("SELECT reason, origin_pos FROM rejects WHERE origin = 'a.ndjson'")).toEqual(
      [{ reason: 'json_syntax', origin_pos: 42 }],
    );
  });

  test('without an internal key there are no internal routes', async () => {
    const closed = await build({ internalKey: undefined });
    expect((await closed.inject({ method: 'POST', url: '/internal/lines?name=a&line=1' })).statusCode).toBe(404);
    await closed.close();
  });
});
