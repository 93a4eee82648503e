/** What never gets to a route is answered as everything else is: by the edge and by the small servers of the other parts. */

import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { buildHealthApp } from '../metrics/build-health-app.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { rawConversation, requestHead } from '../testing/raw-conversation.ts';
import { buildIngestApp } from './ingest-app.ts';

const buildEdge = (durable: Promise<void> = Promise.resolve()) =>
  buildIngestApp({
    writer: {
      findsDuplicates: true,
      hasRoom: () => true,
      open: () => ({}),
      flush: async () => {
        await durable;
        return { accepted: 0, duplicate: 0, rejections: [] };
      },
    } as unknown as EventWriter,
    keys: { find: async () => ({ name: 'good', sources: [], units: [], may: [] }) },
    metrics: new IngestMetrics(),
    ready: async () => true,
    away: '',
    requestMs: 300,
    // The connection ends first.
    stallMs: 60_000,
  });
const buildHealth = async () =>
  buildHealthApp({ warehouse: {} as Warehouse, registry: new Registry(), meanwhile: 'it waits' });

let app: FastifyInstance | undefined;
afterEach(() => app?.close());
const listen = async (built: Promise<FastifyInstance>) => {
  app = await built;
  return app.listen({ port: 0, host: '127.0.0.1' });
};

async function expectProblem(response: Response, status: number): Promise<void> {
  const text = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(JSON.parse(text)).toEqual({
    type: 'about:blank',
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/^[A-Z].*\.$/),
  });
}

const BAD: [name: string, status: number, request: string][] = [
  ['no HTTP', 400, 'hello\r\n\r\n'],
  ['a wrong length', 400, requestHead('POST /v1/events', { 'Content-Length': 'ten' })],
  ['two lengths', 400, requestHead('POST /v1/events', { 'Content-Length': '1', 'Transfer-Encoding': 'chunked' })],
  ['a header that is none', 400, 'GET /health/live HTTP/1.1\r\nHost: edge\r\nbad header\r\n\r\n'],
  ['a path that cannot be decoded', 400, requestHead('GET /%zz', {})],
  ['no host', 400, 'GET /health/live HTTP/1.1\r\n\r\n'],
  ['headers too long', 431, requestHead('GET /health/live', { Long: 'x'.repeat(20_000) })],
  ['an unknown expectation', 417, requestHead('GET /health/live', { Expect: 'miracles' })],
  ['a path that is not there', 404, requestHead('GET /nowhere', {})],
  ['a body for nobody', 404, requestHead('POST /nowhere', { 'Content-Type': 'application/json', 'Content-Length': 5 })],
];

describe.each([
  ['edge', buildEdge],
  ['health app', buildHealth],
] as const)('%s', (_, build) => {
  test.each(BAD)('%s: %i', async (_name, status, request) => {
    const { answer, socket } = rawConversation(await listen(build()), request);
    await expectProblem(await answer, status);
    socket.destroy();
  });

  test('a connection that is kept open while it ends: 503', async () => {
    const url = await listen(build());
    const head = requestHead('GET /health/live', {});
    // The first answer shows that the connection is up; the second request comes to its end when the app is closing.
    const conversation = rawConversation(url, head, head.slice(0, -2));
    expect((await conversation.answer).status).toBe(200);
    const closed = app!.close();
    conversation.socket.write('\r\n');
    const [, second] = (await conversation.ended).split(/(?<=\})(?=HTTP)/);
    expect(second).toMatch(/^HTTP\/1.1 503 [\s\S]*x-request-id: [\s\S]*application\/problem\+json[\s\S]*"status":503/i);
    await closed;
  });
});

test('a request that does not come to its end: 408', async () => {
  const url = await listen(buildEdge());
  await expectProblem(await rawConversation(url, 'POST /v1/events HTTP/1.1\r\nHost: edge\r\n').answer, 408);
  const events = { Authorization: 'Bearer good', 'Content-Type': 'application/x-ndjson', 'Content-Length': 9 };
  await expectProblem(await rawConversation(url, requestHead('POST /v1/events', events), 'x').answer, 408);
});

test('one answer to one request: none after the first, none that the next in line would be given', async () => {
  let flush = () => {};
  const url = await listen(buildEdge(new Promise((resolve) => (flush = resolve))));
  // Refused at once; then the rest of its body does not come.
  const refused = rawConversation(url, requestHead('POST /nowhere', { 'Content-Length': 9 }));
  expect((await refused.ended).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 404']);
  // Taken and not durable yet; what follows on the connection is rubbish, which must not look like the answer.
  const events = { Authorization: 'Bearer good', 'Content-Type': 'application/x-ndjson', 'Content-Length': 1 };
  const taken = rawConversation(url, requestHead('POST /v1/events', events), '\n', 'rubbish\r\n\r\n');
  expect(await taken.ended).toBe('');
  flush();
});
