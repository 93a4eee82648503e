/** OpenAPI against real traffic: every route of the API on a running dashboard, for whom it is open and for whom not. */

import { createKey, type IngestPart } from '@hengjian/ingest';
import { type OpenapiTraffic, openapiTraffic } from '@hengjian/ingest/documents/testing/openapi-traffic.ts';
import { startEdge } from '@hengjian/ingest/testing/start-edge.ts';
import { dashboardParts } from '@hengjian/operations/dashboard-parts.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { saveAccount } from '../accounts/account-store.ts';
import { createSignInToken, signInAddress } from '../accounts/sign-in-link.ts';
import { type RunningDashboard, startDashboard } from '../server.ts';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';
import { SAMPLE } from './fill-sample.ts';

const SCORES = '/api/v1/quarters/{quarter}/scores';
const ITEM = '/api/v1/quarters/{quarter}/units/{unit}/items/{item}';
const CHARTS = [
  '/api/v1/funnel',
  '/api/v1/heat/units',
  '/api/v1/heat/areas',
  '/api/v1/heat/months',
  '/api/v1/stream/minutes',
];
const FIGURES = [SCORES, `${SCORES}.csv`, ITEM, `${ITEM}/lost.csv`, ...CHARTS.slice(0, -1)];
const OPEN = ['/health/live', '/health/ready', '/metrics', '/api/v1/openapi.json', '/api/v1/asyncapi.json'];
const CLOSED = [
  SCORES,
  `${SCORES}.csv`,
  `${SCORES}.xlsx`,
  ITEM,
  `${ITEM}/lost.csv`,
  `${ITEM}/lost.xlsx`,
  '/api/v1/updates',
  ...CHARTS,
];

let temporary: TemporaryWarehouse;
let dashboard: RunningDashboard;
let edge: IngestPart;
let traffic: OpenapiTraffic;
/** Session cookies; of nobody none. */
const cookies = { nobody: '', office: '', unit: '', inspector: '', late: '' };
type Who = keyof typeof cookies;

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const { warehouse, reader, dataDir } = temporary;
  const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir, DASHBOARD_PORT: '0', INGEST_PORT: '0' });
  const logger = pino({ level: 'silent' });
  dashboard = await startDashboard({
    ...dashboardParts(environment, warehouse),
    warehouse,
    reader,
    environment,
    logger,
  });
  edge = await startEdge({ warehouse, environment, logger });
  cookies.office = await signIn({ name: 'office', roles: ['office', 'admin'] });
  cookies.unit = await signIn({ name: 'unit', roles: ['unit'], units: ['scjg'] });
  cookies.inspector = await signIn({ name: 'inspector', roles: ['inspector'] });
  traffic = openapiTraffic((await (await fetch(`${dashboard.url}/api/v1/openapi.json`)).json()) as object);
  await expectAnswer(404, '/api/v1/heat/months');
  for (const { fill } of [SAMPLE, PUBLISHED_SAMPLE]) await fill(warehouse);
  // A build, an engine and a full refresh of the sample, on whatever machine.
}, 400_000);
afterAll(async () => {
  await edge?.stop();
  await dashboard?.stop();
  await temporary?.close();
});

/** Presses the button of a one-time link. @returns the cookie of the session */
async function signIn(account: Partial<Account> & Pick<Account, 'name' | 'roles'>): Promise<string> {
  await saveAccount(temporary.warehouse, { units: [], areas: [], disabled: false, ...account }, 'test');
  const link = signInAddress(dashboard.url, await createSignInToken(temporary.warehouse, account.name));
  const response = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', origin: dashboard.url, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(response.status).toBe(303);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
}

interface Asked {
  who?: Who;
  quarter?: string;
  unit?: string;
  item?: string;
  query?: string;
}

const addressOf = (path: string, quarter = '2025Q1', unit = 'scjg', item = 'claim') =>
  path.replace('{quarter}', quarter).replace('{unit}', unit).replace('{item}', item);

/** Asks for a path of the document; the answer must have this status and be as described. */
async function expectAnswer(
  status: number,
  path: string,
  { who = 'office', quarter = '2025Q1', unit = 'scjg', item = 'claim', query = '' }: Asked = {},
): Promise<string> {
  const address = addressOf(path, quarter, unit, item);
  const response = await fetch(`${dashboard.url}${address}${query}`, { headers: { cookie: cookies[who] } });
  const body = await traffic.hold('get', path, response);
  expect([response.status, body.slice(0, 300)]).toEqual([status, body.slice(0, 300)]);
  return body;
}

describe('answers are as described', () => {
  test.each(OPEN)('200 without an account: %s', async (path) => {
    await expectAnswer(200, path, { who: 'nobody' });
  });

  test.each(CLOSED)('200 and 401: %s', async (path) => {
    await expectAnswer(200, path);
    await expectAnswer(401, path, { who: 'nobody' });
  });

  test.each(CLOSED.filter((path) => path !== '/api/v1/updates'))(
    '403 for a role that sees no scores: %s',
    async (path) => {
      await expectAnswer(403, path, { who: 'inspector' });
    },
  );

  test('scores and explanations of every unit and item, draft and published, in and out of scope', async () => {
    interface Scores {
      units: { unit: string; items: { item: string }[] }[];
    }
    let explained = 0;
    for (const quarter of ['2025Q1', '2025Q2']) {
      const { units } = JSON.parse(await expectAnswer(200, SCORES, { quarter })) as Scores;
      for (const { unit, items } of units.slice(0, 8)) {
        for (const { item } of items) {
          await expectAnswer(200, ITEM, { quarter, unit, item });
          explained += 1;
        }
      }
    }
    expect(explained).toBeGreaterThan(50);
    const seen = JSON.parse(await expectAnswer(200, SCORES, { who: 'unit' })) as Scores;
    expect(seen.units.filter(({ items }) => items.length > 0).map(({ unit }) => unit)).toEqual(['scjg']);
    await expectAnswer(200, ITEM, { who: 'unit' });
    await expectAnswer(403, ITEM, { who: 'unit', unit: 'xzsp' });
    await expectAnswer(403, `${ITEM}/lost.csv`, { who: 'unit', unit: 'xzsp' });
  });

  test('404: no such quarter, unit, item, indicator', async () => {
    for (const path of [SCORES, `${SCORES}.csv`, `${SCORES}.xlsx`, ITEM, `${ITEM}/lost.csv`, `${ITEM}/lost.xlsx`])
      await expectAnswer(404, path, { quarter: '1999Q1' });
    await expectAnswer(404, ITEM, { unit: 'nobody' });
    await expectAnswer(404, ITEM, { item: 'nothing' });
    for (const path of ['/api/v1/funnel', '/api/v1/heat/units', '/api/v1/heat/areas'])
      await expectAnswer(404, path, { query: '?quarter=2011Q1' });
    await expectAnswer(404, '/api/v1/heat/units', { query: '?indicator=none' });
  });

  test('400: a parameter that is none', async () => {
    for (const path of CLOSED) await expectAnswer(400, path, { query: '?ruleset=a%20b' });
    await expectAnswer(400, '/api/v1/funnel', { query: '?quarter=1999Q1' });
    await expectAnswer(400, '/api/v1/heat/units', { query: '?indicator=a%20b' });
    await expectAnswer(400, '/api/v1/heat/areas', { query: '?measure=none' });
    await expectAnswer(400, '/api/v1/stream/minutes', { query: '?range=1y' });
    await expectAnswer(400, '/api/v1/stream/minutes', { query: '?at=now' });
  });

  test('the edge answers as the dashboard’s document says too', async () => {
    const key = await createKey(temporary.warehouse, { name: 'tester' });
    const post = (authorization: string) =>
      fetch(`${edge.url}/v1/events`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/cloudevents-batch+json' },
        body: '[{}]',
      });
    for (const [authorization, status] of [
      [`Bearer ${key}`, 202],
      ['Bearer wrong', 401],
    ] as const) {
      const response = await post(authorization);
      await traffic.hold('post', '/v1/events', response);
      expect(response.status).toBe(status);
    }
    for (const path of ['/v1/openapi.json', '/v1/asyncapi.json', '/health/live', '/health/ready', '/metrics'])
      await traffic.hold('get', path, await fetch(edge.url + path));
  });

  test.each(FIGURES)('304 for whoever has the answer: %s', async (path) => {
    const address = dashboard.url + addressOf(path);
    const headers = { cookie: cookies.office };
    const tag = (await fetch(address, { headers })).headers.get('etag')!;
    const again = await fetch(address, { headers: { ...headers, 'if-none-match': tag } });
    expect(again.status).toBe(304);
    await traffic.hold('get', path, again);
  });

  test('503 while the warehouse is away, for what is no closed quarter', async () => {
    // A session that was never looked up: others are remembered for a while.
    cookies.late = await signIn({ name: 'late', roles: ['office'] });
    await temporary.engine.stop();
    // Together: each waits a while for the warehouse to come back.
    await Promise.all(
      ['/health/ready', ...CLOSED].map((path) =>
        expectAnswer(503, path, {
          ...(path === '/api/v1/updates' ? { who: 'late' as const } : {}),
          quarter: '2025Q2',
          query: path.startsWith('/api/v1/heat/months')
            ? '?area=320671999&industry=A'
            : /heat|funnel/.test(path)
              ? '?quarter=2025Q2'
              : '',
        }),
      ),
    );
    for (const path of OPEN.filter((path) => path !== '/health/ready')) await expectAnswer(200, path);
  });
});

test('no operation went unasked; of the documented statuses only faults of the product went unseen', () => {
  expect(traffic.unasked()).toEqual([]);
  const unseen = [...CLOSED, ...OPEN].flatMap((path) =>
    traffic.unseen('get', path).map((status) => `${path} ${status}`),
  );
  expect(unseen.filter((one) => !one.endsWith(' 500'))).toEqual([]);
});
