/** Memory of the edge under senders that do not finish, do not stop, or may not send: over real connections. */
import { gzipSync } from 'node:zlib';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { type RawConversation, rawConversation, requestHead } from '../testing/raw-conversation.ts';
import { buildIngestApp, type IngestAppOptions } from './ingest-app.ts';

const MIB = 1024 * 1024;
const NDJSON = 'application/x-ndjson';
const patient = { timeout: 20_000, interval: 20 };

let app: FastifyInstance;
let url: string;
const taken: number[] = [];
const conversations: RawConversation[] = [];
/** Lines of any content; what matters here is how many bytes they have. */
const writer = {
  findsDuplicates: true,
  hasRoom: () => true,
  room: async () => {},
  open: () => ({ outcome: {} }),
  take: (_submission: unknown, _bytes: Buffer, start: number, end: number) => taken.push(end - start),
  flush: async () => ({ accepted: 1, duplicate: 0, rejected: 0, rejections: [] }),
} as unknown as EventWriter;

async function listen(changes: Partial<IngestAppOptions> = {}): Promise<void> {
  app = await buildIngestApp({
    writer,
    keys: { find: async (key) => (key === 'good' ? { name: 'good', sources: [], units: [], may: [] } : undefined) },
    metrics: new IngestMetrics(),
    ready: async () => true,
    away: '',
    internalKey: 'internal',
    ...changes,
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
}

afterEach(async () => {
  for (const { socket } of conversations.splice(0)) socket.destroy();
  taken.length = 0;
  await app.close();
});

const headers = { authorization: 'Bearer good', 'content-type': NDJSON };
const packed = { ...headers, 'content-encoding': 'gzip' };

function send(line: string, given: Record<string, string | number>, ...body: (string | Uint8Array)[]) {
  const conversation = rawConversation(url, requestHead(line, given), ...body);
  conversations.push(conversation);
  return conversation;
}

const post = (body: Uint8Array | string, given: Record<string, string> = headers, path = '/v1/events') =>
  fetch(url + path, { method: 'POST', headers: given, body: typeof body === 'string' ? body : new Uint8Array(body) });

async function expectProblem(response: Response, status: number): Promise<void> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(/\S/) });
  expect(response.status).toBe(status);
  if (status === 503) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
}

test('packed bodies count unpacked: those for which there is no room are refused on the way, and let go of', async () => {
  await listen({ maxOpenBytes: 4 * MIB });
  const body = gzipSync(Buffer.alloc(MIB, 'x'));
  const answers: Response[] = [];
  const senders = Array.from({ length: 20 }, () => {
    const sender = send('POST /v1/events', { ...packed, 'content-length': body.length }, body.subarray(0, -12));
    sender.answer.then((answer) => answers.push(answer)).catch(() => {});
    return sender;
  });
  // Three of them have room; they wait for what never comes.
  await expect.poll(() => answers.length, patient).toBeGreaterThanOrEqual(17);
  for (const answer of answers) await expectProblem(answer, 503);
  await expectProblem(await post(Buffer.alloc(3 * MIB, 'x')), 503);
  for (const { socket } of senders) socket.destroy();
  await expect.poll(async () => (await post(gzipSync(Buffer.alloc(2 * MIB, 'x')), packed)).status, patient).toBe(202);
});

test('what was announced counts before it comes, until the connection ends', async () => {
  await listen({ maxOpenBytes: MIB });
  const { socket } = send('POST /v1/events', { ...headers, 'content-length': MIB }, 'x');
  await expect.poll(async () => (await post('{}')).status, patient).toBe(503);
  socket.destroy();
  await expect.poll(async () => (await post('{}')).status, patient).toBe(202);
});

test('of whatever was refused or finished nothing stays counted', async () => {
  await listen({ maxOpenBytes: 17 * MIB });
  const large = Buffer.alloc(16 * MIB, 'x');
  const cut = gzipSync(large).subarray(0, -12);
  for (let round = 0; round < propertyRuns(5); round += 1) {
    const statuses = [
      await post(large),
      await post(gzipSync(large), packed),
      await post(large, { ...headers, authorization: 'Bearer bad' }),
      await post(large, { ...headers, 'content-encoding': 'br' }),
      await post(large, headers, '/nowhere'),
      await post(Buffer.alloc(16 * MIB + 1, 'x')),
      await post(gzipSync(Buffer.alloc(16 * MIB + 1, 'x')), packed),
      await post(large, packed),
      await post(cut, packed),
      await post(''),
      await post(large, { ...headers, authorization: 'Bearer internal' }, '/internal/lines?name=a&line=1'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([202, 202, 401, 415, 404, 413, 413, 400, 400, 400, 200]);
    const gone = send('POST /v1/events', { ...packed, 'content-length': cut.length + 1 }, cut);
    await expect.poll(async () => (await post(Buffer.alloc(2 * MIB, 'x'))).status, patient).toBe(503);
    gone.socket.destroy();
    await expect.poll(async () => (await post(large)).status, patient).toBe(202);
  }
});

test('the largest legal body arrives as it was sent, packed or not, in lengths or in chunks', async () => {
  await listen();
  const lines = Array.from({ length: 1_000 }, (_, n) => `"${'x'.repeat(15_000 + n)}"`);
  const body = Buffer.from(lines.join('\n').padEnd(16 * MIB, ' '));
  expect(body).toHaveLength(16 * MIB);
  expect((await post(body)).status).toBe(202);
  expect((await post(gzipSync(body), packed)).status).toBe(202);
  const chunks = new ReadableStream({
    start(controller) {
      for (let at = 0; at < body.length; at += 100_000) controller.enqueue(body.subarray(at, at + 100_000));
      controller.close();
    },
  });
  const init = { method: 'POST', headers, body: chunks, duplex: 'half' } as RequestInit;
  expect((await fetch(`${url}/v1/events`, init)).status).toBe(202);
  expect(taken.length % 3).toBe(0);
  const third = taken.length / 3;
  for (const from of [third, 2 * third]) expect(taken.slice(from, from + third)).toEqual(taken.slice(0, third));
  expect(taken[0]).toBe(15_002);
});

test.each([
  [404, 'POST /nowhere', headers],
  [404, 'POST /health/live', headers],
  [404, 'DELETE /v1/events', headers],
  [401, 'POST /v1/events', { ...headers, authorization: 'Bearer bad' }],
  [415, 'POST /v1/events', { ...headers, 'content-type': 'text/plain' }],
  [401, 'POST /internal/lines?name=a&line=1', headers],
] as const)('%i for %s: answered without its body', async (status, line, given) => {
  await listen({ maxOpenBytes: 10 });
  // The body is announced, packed, and never comes.
  const { answer } = send(line, { ...given, 'content-encoding': 'gzip', 'content-length': MIB });
  await expectProblem(await answer, status);
  const { answer: rubbish } = send(line, { ...given, 'content-encoding': 'gzip', 'content-length': 7 }, 'no gzip');
  await expectProblem(await rubbish, status);
});

test.each([
  ['plain', headers],
  ['packed', packed],
])('a %s body that stalls is given up: 408, and the connection ends', async (_, given) => {
  await listen({ stallMs: 1_000, maxOpenBytes: 2 * MIB });
  const body = gzipSync(Buffer.alloc(MIB, 'x')).subarray(0, -12);
  const { answer, ended } = send('POST /v1/events', { ...given, 'content-length': MIB }, body);
  await expectProblem(await answer, 408);
  await ended;
  expect((await post(Buffer.alloc(2 * MIB, 'x'))).status).toBe(202);
});

test('a sender that was refused and keeps its connection open loses it', async () => {
  // Longer than unpacking takes on a machine that is busy: a stall must not be what it is refused for.
  await listen({ stallMs: 2_000, maxOpenBytes: MIB });
  const body = gzipSync(Buffer.alloc(2 * MIB, 'x')).subarray(0, -12);
  const { answer, ended } = send('POST /v1/events', { ...packed, 'content-length': MIB / 2 }, body);
  await expectProblem(await answer, 503);
  await ended;
});

test('a body that only trickles is ended too', async () => {
  await listen({ requestMs: 1_000, maxOpenBytes: 2 * MIB });
  const { socket, ended } = send('POST /v1/events', { ...headers, 'content-length': MIB }, 'x');
  const trickle = setInterval(() => socket.write('x'), 20);
  try {
    await ended;
  } finally {
    clearInterval(trickle);
  }
  expect((await post(Buffer.alloc(2 * MIB, 'x'))).status).toBe(202);
});

test('one key that is slow holds its share, and no other key waits for it', async () => {
  const keys = { find: async (name: string) => ({ name, sources: [], units: [], may: [] }) };
  await listen({ keys, maxOpenBytes: 8 * MIB, maxKeyBytes: 4 * MIB });
  const of = (key: string) => ({ ...headers, authorization: `Bearer ${key}` });
  // Announced lengths are reserved at once: two of these are all that the key may hold.
  for (let n = 0; n < 2; n += 1) send('POST /v1/events', { ...of('slow'), 'content-length': 2 * MIB }, 'x');
  const large = Buffer.alloc(2 * MIB, 'x');
  await expect.poll(async () => (await post(large, of('slow'))).status, patient).toBe(503);
  expect((await post(large, of('other'))).status).toBe(202);
});

test.each([
  ['[', 'batch', { 'content-type': 'application/cloudevents-batch+json' }],
  ['{"a":', 'single', { 'content-type': 'application/cloudevents+json' }],
  ['[', 'binary mode', { 'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-id': 'deep' }],
])('a small gzip of nested %s (%s) is refused before it is parsed', async (level, _, of) => {
  await listen();
  const body = gzipSync(Buffer.from(level.repeat(2_000_000)));
  expect(body.length).toBeLessThan(64 * 1024);
  const response = await post(body, { ...packed, ...of });
  expect([response.status, (await response.json()).detail]).toEqual([
    400,
    'Nothing was taken: objects and arrays are nested more than 1000 levels deep.',
  ]);
  const text = JSON.stringify({ text: '['.repeat(5_000) });
  expect((await post(text, { ...headers, 'content-type': 'application/cloudevents+json' })).status).toBe(202);
});
