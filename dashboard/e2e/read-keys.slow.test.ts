/** Read keys over HTTP: what they open, what they see, that nothing kept crosses from one scope to another, and that guessing is slowed. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addReadKey, endReadKey } from '../accounts/read-key-store.ts';
import { access, takesKeys } from '../src/lib/server/access.ts';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

const SCORES = '/api/v1/quarters/2025Q1/scores';
const ITEM = '/api/v1/quarters/2025Q1/units/scjg/items/claim';
const LOST = `${ITEM}/lost.csv`;
const keys = { leader: '', scjg: '', czj: '', local: '', auditor: '' };
type Name = keyof typeof keys;

let dashboard: SignedInDashboard;
beforeAll(async () => {
  dashboard = await signedInDashboard();
  const known = { units: ['scjg', 'czj'], areas: ['320671001'] };
  const make = async (name: Name, role: string, units: string[] = [], areas: string[] = []) => {
    const made = await addReadKey(dashboard.warehouse, { name, roles: [role], units, areas }, known, 30, 'test');
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    keys[name] = made.key;
  };
  await make('leader', 'leader');
  await make('scjg', 'unit', ['scjg']);
  await make('czj', 'unit', ['czj']);
  await make('local', 'office', [], ['320671001']);
  await make('auditor', 'auditor');
  await dashboard.signIn('person', 'leader');
  await dashboard.signIn('own', 'unit', ['scjg']);
}, 600_000);
afterAll(() => dashboard?.close());

const withKey = (path: string, key: string, headers: Record<string, string> = {}) =>
  dashboard.get(path, undefined, { ...headers, authorization: `Bearer ${key}` });

test('a key reads what a person of its role and scope reads, to the byte', async () => {
  for (const path of [SCORES, `${SCORES}.csv`, ITEM, LOST, '/api/v1/heat/units', '/tables/2025Q1/scores.parquet']) {
    const answer = await withKey(path, keys.leader);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(
      Buffer.from(await (await dashboard.get(path, 'person')).arrayBuffer()),
    );
  }
  expect(await (await withKey(ITEM, keys.scjg)).text()).toBe(await (await dashboard.get(ITEM, 'own')).text());
  expect((await withKey('/publications/2025Q1/record.json', keys.auditor)).status).toBe(200);
  expect((await withKey('/publications/2025Q1/record.json', keys.scjg)).status).toBe(403);
  expect((await withKey('/admin/log.csv', keys.leader)).status).toBe(403);
});

test('cold and warm, each key and each account is given its own answer, whoever asked before', async () => {
  const askers = [...(Object.keys(keys) as Name[]), 'person', 'own'];
  const ask = async (asker: string, path: string) => {
    const key = (keys as Record<string, string>)[asker];
    const response = key ? await withKey(path, key) : await dashboard.get(path, asker);
    return { status: response.status, text: await response.text() };
  };
  for (const path of [SCORES, ITEM, LOST]) {
    const alone = new Map<string, unknown>();
    for (const asker of askers) alone.set(asker, await ask(asker, `${path}?order=alone-${asker}`));
    for (const first of askers)
      for (const second of askers)
        for (const asker of [first, second, first])
          expect([path, first, second, asker, await ask(asker, `${path}?order=${first}-${second}`)]).toEqual([
            path,
            first,
            second,
            asker,
            alone.get(asker),
          ]);
  }
  expect((await withKey(ITEM, keys.czj)).status).toBe(403);
  expect((await withKey(LOST, keys.czj)).status).toBe(403);
}, 300_000);

test('a tag of one scope is no answer to another', async () => {
  const tag = (await withKey(SCORES, keys.leader)).headers.get('etag')!;
  expect((await withKey(SCORES, keys.leader, { 'if-none-match': tag })).status).toBe(304);
  expect((await withKey(SCORES, keys.scjg, { 'if-none-match': tag })).status).toBe(200);
  expect((await dashboard.get(SCORES, 'person', { 'if-none-match': tag })).status).toBe(200);
});

test('keys open data routes and downloads alone, and only for reading', async () => {
  const taken = Object.keys(access).filter(takesKeys);
  expect(taken).toContain('/api/v1/updates');
  expect(taken).toContain('/tables/[quarter]/[file]');
  expect(taken.filter((route) => !route.startsWith('/api/v1/')).every((route) => /\.|file|evidence/.test(route))).toBe(
    true,
  );
  for (const path of ['/', '/units/scjg', '/units/scjg/__data.json', '/stream', '/admin/accounts', '/desk'])
    expect([path, (await withKey(path, keys.auditor)).status]).toEqual([path, 403]);
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const headers = { authorization: `Bearer ${keys.auditor}`, origin: dashboard.url };
    const { status } = await fetch(dashboard.url + SCORES, { method, headers });
    expect([method, status]).toEqual([method, 403]);
  }
  // Beside a session, a key of ours decides; what a proxy put there does not.
  expect((await dashboard.get(ITEM, 'person', { authorization: `Bearer ${keys.czj}` })).status).toBe(403);
  expect((await dashboard.get(ITEM, 'person', { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.x' })).status).toBe(
    200,
  );
});

test('the log names the key, never what it is; a revoked one ends at once', async () => {
  expect((await withKey(SCORES, keys.local)).status).toBe(200);
  const logged = () =>
    dashboard.warehouse.query<{ n: number }>(
      "SELECT count() AS n FROM access_log WHERE account = 'key:local' AND status = 200",
    );
  await expect.poll(async () => (await logged())[0]!.n, { timeout: 20_000 }).toBeGreaterThan(0);
  const all = JSON.stringify(await dashboard.warehouse.query('SELECT * FROM access_log'));
  expect(all).not.toContain(keys.local.slice(4));
  expect(JSON.stringify(await dashboard.warehouse.query('SELECT * FROM read_key_changes'))).not.toContain(
    keys.local.slice(4),
  );
  expect(await endReadKey(dashboard.warehouse, 'local', 'test')).toBe(true);
  expect(await endReadKey(dashboard.warehouse, 'local', 'test')).toBe(false);
  expect((await withKey(SCORES, keys.local)).status).toBe(401);
});

test('wrong keys and links from one address have to wait; who was let in before goes on', async () => {
  const wrong = () => `hjr_${randomBytes(32).toString('base64url')}`;
  const again = wrong();
  for (let n = 0; n < 40; n += 1) expect((await withKey(SCORES, again)).status).toBe(401);
  const statuses: number[] = [];
  for (let n = 0; n < 25; n += 1) statuses.push((await withKey(SCORES, wrong())).status);
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
  const refused = await withKey(`${SCORES}.csv`, wrong(), { 'x-forwarded-for': '203.0.113.77' });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const link = await dashboard.get(`/sign-in/${randomBytes(32).toString('base64url')}`);
  expect(link.status).toBe(429);
  expect(Number(link.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await withKey(SCORES, keys.leader)).status).toBe(200);
  expect((await dashboard.get('/rules', 'person')).status).toBe(200);
});
