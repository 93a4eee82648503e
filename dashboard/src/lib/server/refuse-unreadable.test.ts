/** What never becomes a request is answered and logged as everything else is. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rawConversation, requestHead } from '@hengjian/ingest/testing/raw-conversation.ts';
import { afterEach, expect, test } from 'vitest';
import type { AccessRow } from './access-log.ts';
import { DashboardMetrics } from './dashboard-metrics.ts';
import type { Parts } from './parts.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { securityHeaders } from './security-headers.ts';

let server: Server;
let logged: AccessRow[];
afterEach(() => server.close());

async function listen(answer = true): Promise<string> {
  logged = [];
  const accessLog = { record: (row: AccessRow) => logged.push(row) } as unknown as Parts['accessLog'];
  server = createServer((_, response) => {
    if (answer) response.end('fine');
  });
  refuseUnreadable(server, { accessLog, metrics: new DashboardMetrics() });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ['an address of 20 KB', 431, requestHead(`GET /units/${'x'.repeat(20_000)}`, {})],
  ['no HTTP', 400, 'hello\r\n\r\n'],
  ['a wrong length', 400, requestHead('POST /sign-in', { 'Content-Length': 'ten' })],
])('%s: %i with the headers of every answer, and a row of the access log', async (_, status, request) => {
  const answer = await rawConversation(await listen(), request).answer;
  expect(answer.status).toBe(status);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...securityHeaders,
    'content-type': 'application/problem+json',
  });
  expect(await answer.json()).toMatchObject({ status, title: expect.stringMatching(/\S/) });
  expect(logged).toEqual([
    expect.objectContaining({
      status,
      account: '',
      address: '127.0.0.1',
      request_id: answer.headers.get('x-request-id'),
    }),
  ]);
});

test('what follows on the connection of a request that is not answered yet gets no answer that would look like its', async () => {
  const conversation = rawConversation(await listen(false), requestHead('GET /', {}), 'rubbish\r\n\r\n');
  expect(await conversation.ended).toBe('');
  expect(logged).toEqual([]);
});
