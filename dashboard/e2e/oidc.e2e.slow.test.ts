/** Signing in by a real identity provider at another site, behind a proxy, under a path; and everybody who must not get in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { saveAccount } from '../accounts/account-store.ts';
import { type ExampleProxy, exampleOf, nginxRules, startProxy } from './example-proxy.ts';
import { openDashboard, type PageOptions, seriousFindings, type TestDashboard } from './harness.ts';
import { type IdentityProvider, identityProvider } from './identity-provider.ts';

let proxy: ExampleProxy;
let provider: IdentityProvider;
let dashboard: TestDashboard;
const CALLBACK = '/sign-in/oidc/callback';

beforeAll(async () => {
  proxy = await startProxy(nginxRules(exampleOf('nginx.conf')));
  provider = await identityProvider();
  // Away while the dashboard starts.
  dashboard = await openDashboard(async () => {}, {
    PUBLIC_URL: `${proxy.origin}/hengjian`,
    HENGJIAN_OIDC_ISSUER: provider.issuer,
    HENGJIAN_OIDC_CLIENT_ID: 'hengjian',
    HENGJIAN_OIDC_CLIENT_SECRET: provider.secret,
    HENGJIAN_OIDC_CLAIM: 'preferred_username',
  });
  proxy.lead(3000, dashboard.port);
}, 400_000);
afterAll(async () => {
  await dashboard?.close();
  await provider?.close();
  await proxy?.close();
});
afterEach(async () => {
  await dashboard.closePages();
  expect(dashboard.problems().filter((line) => !line.includes('identity provider does not answer'))).toEqual([]);
});

const account = (name: string, disabled = false) =>
  saveAccount(dashboard.warehouse, { name, roles: ['office'], units: [], areas: [], disabled }, 'test');

/** A stranger's browser. */
async function stranger(options: PageOptions = {}): Promise<Page> {
  const page = await dashboard.page(options);
  page.setDefaultTimeout(30_000);
  // The provider's own page would fetch type from elsewhere.
  await page
    .context()
    .route('https://fonts.googleapis.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
  return page;
}

/** From the sign-in page to the provider. */
async function toProvider(page: Page, asked = ''): Promise<void> {
  await page.goto(`${dashboard.url}${asked || '/sign-in'}`);
  await page.getByRole('link', { name: '用统一身份认证登录' }).click();
  await page.waitForURL(`${provider.issuer}/**`);
}

/** Says who they are there, agrees, and is led back. */
async function signInAs(page: Page, name: string): Promise<void> {
  await page.locator('input[name=login]').fill(`id-${name}`);
  await page.locator('input[name=password]').fill('x');
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('button[type=submit]').click();
  await page.waitForURL(`${dashboard.url}/**`);
}

const sessions = () =>
  dashboard.warehouse.query<{ account: string }>('SELECT account FROM sessions ORDER BY created_at');

test('a provider that is away is a sentence with a way out; the dashboard has started all the same', async () => {
  const page = await stranger();
  await page.goto(`${dashboard.url}/sign-in`);
  expect(await seriousFindings(page)).toEqual([]);
  const answer = page.waitForResponse((response) => response.url().endsWith('/sign-in/oidc'));
  await page.getByRole('link', { name: '用统一身份认证登录' }).click();
  expect((await answer).status()).toBe(503);
  expect(await page.locator('main').textContent()).toMatch(/暂时没有应答.*一次性登录链接/s);
  // Said and logged: that is what this test wants.
  dashboard.problems();
  provider.begin(dashboard.url + CALLBACK);
  // It is left in peace for five seconds.
  await expect
    .poll(async () => (await page.request.get(`${dashboard.url}/sign-in/oidc`, { maxRedirects: 0 })).status(), {
      timeout: 20_000,
      interval: 1_000,
    })
    .toBe(303);
}, 60_000);

test.each([true, false])(
  'who has an account lands on the page asked for (scripts: %s); disabled, they are out',
  async (scripts) => {
    const name = scripts ? 'known' : 'plain';
    await account(name);
    const page = await stranger({ scripts });
    await toProvider(page, '/entries/marks?recorded=x');
    expect(new URL(page.url()).origin).toBe(provider.issuer);
    await signInAs(page, name);
    expect(page.url()).toBe(`${dashboard.url}/entries/marks?recorded=x`);
    const cookies = await page.context().cookies(`${dashboard.url}/`);
    expect(cookies.filter(({ name }) => /^hengjian-[0-9a-f]{8}$/.test(name))).toMatchObject([
      { path: '/hengjian/', httpOnly: true, sameSite: 'Lax' },
    ]);
    // The attempt is over.
    expect(
      (await page.context().cookies(dashboard.url + CALLBACK)).filter(({ name }) => name.includes('oidc')),
    ).toEqual([]);
    await account(name, true);
    await expect
      .poll(async () => (await page.request.get(`${dashboard.url}/entries/marks`, { maxRedirects: 0 })).status())
      .toBe(303);
  },
  60_000,
);

test.each(['nobody-here', 'ended'])(
  '%s: no account in force, no session, and a line in the access log',
  async (name) => {
    await account('ended', true);
    const before = await sessions();
    const page = await stranger();
    await toProvider(page);
    const answer = page.waitForResponse((response) => response.url().includes(CALLBACK));
    await signInAs(page, name);
    expect((await answer).status()).toBe(403);
    const text = await page.locator('main').textContent();
    expect(text).toContain(`确认您是“${name}”，但本系统没有以此命名的启用账号`);
    expect(text).toContain(`请系统管理员建立或启用名为“${name}”的账号`);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await sessions()).toEqual(before);
    const id = (await answer).headers()['x-request-id']!;
    await expect
      .poll(
        () =>
          dashboard.warehouse.query('SELECT account, path, status FROM access_log WHERE request_id = {id:UUID}', {
            id,
          }),
        { timeout: 20_000 },
      )
      .toEqual([{ account: '', path: CALLBACK, status: 403 }]);
  },
  60_000,
);

test('who changes their mind at the provider reads so', async () => {
  const page = await stranger({ locale: 'en' });
  await page.goto(`${dashboard.url}/sign-in/oidc`);
  await page.getByText('[ Cancel ]').click();
  await page.waitForURL(`${dashboard.url}/**`);
  expect(await page.locator('main').textContent()).toContain('You cancelled signing in at localhost');
}, 60_000);

test('an answer belongs to the browser that began, once', async () => {
  await account('once');
  const page = await stranger();
  await toProvider(page);
  let callback = '';
  page.on('request', (request) => {
    if (request.url().includes(CALLBACK)) callback = request.url();
  });
  // The answer comes, and does not reach the dashboard yet.
  const elsewhere = createServer((_, response) => response.end('held'));
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  proxy.lead(3000, (elsewhere.address() as AddressInfo).port);
  await signInAs(page, 'once');
  proxy.lead(3000, dashboard.port);
  elsewhere.closeAllConnections();
  elsewhere.close();
  expect(callback).toContain('code=');
  // Somebody else's browser, led there by a link: not signed in as who made it.
  const other = await stranger();
  expect((await other.goto(callback))?.status()).toBe(400);
  expect(await other.locator('main').textContent()).toContain('不是在此浏览器开始的');
  expect(await sessions()).not.toContainEqual({ account: 'once' });
  await page.goto(callback);
  expect(new URL(page.url()).pathname).toBe('/hengjian/desk');
  // Opened again by who is in: on to the start page, with no second session.
  await page.goto(callback);
  expect(page.url()).toBe(`${dashboard.url}/`);
  expect((await sessions()).filter(({ account }) => account === 'once')).toHaveLength(1);
}, 60_000);

test.each(['nonce', 'verifier'])(
  'an attempt whose %s is another one lets nobody in',
  async (part) => {
    await account('swapped');
    const page = await stranger();
    await toProvider(page);
    const cookies = await page.context().cookies(dashboard.url + CALLBACK);
    const kept = cookies.find(({ name }) => name.includes('oidc'))!;
    const flow = JSON.parse(decodeURIComponent(kept.value)) as Record<string, string>;
    const value = encodeURIComponent(JSON.stringify({ ...flow, [part]: `${flow[part]!.slice(0, -4)}AAAA` }));
    await page.context().addCookies([{ ...kept, value }]);
    await signInAs(page, 'swapped');
    expect(await page.locator('main').textContent()).toContain('答复未通过核验');
    expect(await sessions()).not.toContainEqual({ account: 'swapped' });
  },
  60_000,
);

test('who makes answers up is slowed like who tries links out, and the provider is left in peace', async () => {
  const page = await stranger();
  const attempt = async () => {
    const begun = await page.request.get(`${dashboard.url}/sign-in/oidc`, { maxRedirects: 0 });
    const state = new URL(begun.headers().location!).searchParams.get('state');
    const headers = { 'x-forwarded-for': '203.0.113.66' };
    return page.request.get(`${dashboard.url}${CALLBACK}?code=x&state=${state}&iss=${provider.issuer}`, { headers });
  };
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) statuses.push((await attempt()).status());
  expect(statuses.slice(0, 2)).toEqual([403, 403]);
  expect(statuses.at(-1)).toBe(429);
}, 60_000);
