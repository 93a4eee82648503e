import { expect, test } from 'vitest';
import { saveAccount } from '../accounts/account-store.ts';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';
import { office, visit } from './harness.ts';
import { sharedDashboard } from './shared-dashboard.ts';

const dashboard = sharedDashboard(PUBLISHED_SAMPLE);

const unitAccount = { name: 'scjg-office', roles: ['unit'], units: ['scjg'] } as const;

test('a stranger is led to the sign-in page, the API says 401', async () => {
  const page = await dashboard.page();
  await page.goto('/');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await page.locator('h1').textContent()).toBe('登录');
  const answer = await page.request.get('/api/v1/quarters/2025Q2/scores');
  expect(answer.status()).toBe(401);
  expect(answer.headers()['content-type']).toBe('application/problem+json');
  expect((await page.request.get('/api/v1/updates')).status()).toBe(401);
  expect(await (await page.request.get('/units/scjg/__data.json')).json()).toMatchObject({
    type: 'redirect',
    location: `/sign-in?back=${encodeURIComponent('/units/scjg')}`,
  });
});

test('a link signs in once; the second use says why not', async () => {
  const link = await dashboard.link(office);
  const page = await dashboard.page();
  await page.goto(link);
  await page.goto(link);
  await page.getByRole('button', { name: '以“office”的身份登录' }).click();
  await page.waitForURL((url) => url.pathname === '/desk');
  const cookie = (await page.context().cookies()).find(({ name }) => name.startsWith('hengjian-'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  const other = await dashboard.page();
  await other.goto(link);
  expect(await other.locator('h1').textContent()).toBe('登录链接已经用过');
  await other.goto(`${dashboard.url}/sign-in/nonsense`);
  expect(await other.locator('h1').textContent()).toBe('登录链接无效');
});

test('two people who press the button of one link at once: one is in, one is told', async () => {
  const link = await dashboard.link(office);
  const pages = [await dashboard.page(), await dashboard.page()];
  for (const page of pages) await page.goto(link);
  await Promise.all(
    pages.map(async (page) => {
      await page.locator('main form button').click();
      await page
        .locator('main')
        .getByRole('heading', { level: 1 })
        .filter({ hasNotText: /^登录$/ })
        .waitFor();
    }),
  );
  const heads = await Promise.all(pages.map((page) => page.locator('h1').textContent()));
  expect(heads.filter((head) => head === '登录链接已经用过')).toHaveLength(1);
});

test('signing out and being disabled both end the session', async () => {
  const page = await dashboard.page({ account: { name: 'guest', roles: ['auditor'] } });
  await page.locator('summary', { hasText: 'guest' }).click();
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForURL('**/sign-in');
  expect((await page.request.get('/api/v1/quarters/2025Q2/scores')).status()).toBe(401);
  const again = await dashboard.page({ account: { name: 'guest', roles: ['auditor'] } });
  expect((await again.request.get('/api/v1/quarters/2025Q2/scores')).status()).toBe(200);
  await saveAccount(
    dashboard.warehouse,
    { name: 'guest', roles: ['auditor'], units: [], areas: [], disabled: true },
    'test',
  );
  expect((await again.request.get('/api/v1/quarters/2025Q2/scores')).status()).toBe(401);
});

test('a form sent from another site is refused', async () => {
  const page = await dashboard.page();
  const answer = await page.request.post('/preferences', {
    form: { locale: 'en', back: '/' },
    headers: { origin: 'https://elsewhere.example' },
  });
  expect(answer.status()).toBe(403);
});

test('behind a proxy that says it was reached by TLS, cookies are for TLS only', async () => {
  const secure = async (proto: string, origin: string) => {
    const answer = await fetch(`${dashboard.url}/preferences`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, 'x-forwarded-proto': proto, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'locale=en&back=/',
    });
    return [answer.status, /; Secure/.test(answer.headers.get('set-cookie') ?? '')];
  };
  const https = dashboard.url.replace('http:', 'https:');
  expect(await secure('https,http', https)).toEqual([303, true]);
  expect(await secure('http', dashboard.url)).toEqual([303, false]);
  expect(await secure('https', 'https://elsewhere.example')).toEqual([403, false]);
});

test('a unit sees its own items and of others only published rank and total', async () => {
  const page = await dashboard.page({ account: unitAccount });
  const items = '/api/v1/quarters/2025Q2/units';
  expect((await page.request.get(`${items}/scjg/items/claim`)).status()).toBe(200);
  const other = await page.request.get(`${items}/czj/items/login`);
  expect(other.status()).toBe(403);
  expect((await page.request.get(`${items}/czj/items/login/lost.csv`)).status()).toBe(403);
  for (const path of ['/units/czj?quarter=2025Q2', '/units/czj/login?quarter=2025Q2']) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(403);
    expect(await page.locator('h1').textContent()).toBe('没有权限');
  }
  const draft = await (await page.request.get('/api/v1/quarters/2025Q2/scores')).json();
  expect(draft.units.map(({ unit }: { unit: string }) => unit)).toEqual(['scjg']);
  const published = await (await page.request.get('/api/v1/quarters/2025Q1/scores')).json();
  expect(published.units).toHaveLength(14);
  for (const { unit, items: own } of published.units) expect(own.length > 0).toBe(unit === 'scjg');
});

test('a role without scores is told so, within the layout, with 403', async () => {
  const page = await dashboard.page({ account: { name: 'inspector', roles: ['inspector'] } });
  const response = await page.goto('/units/scjg');
  expect(response?.status()).toBe(403);
  expect(await page.locator('main').textContent()).toContain('您的角色（执法检查人员）不能查看“/units/scjg”。');
  expect((await page.request.get('/api/v1/quarters/2025Q2/scores')).status()).toBe(403);
});

test('an administrator without scores starts on the stream', async () => {
  const page = await dashboard.page({ account: { name: 'admin', roles: ['admin'] } });
  expect(new URL(page.url()).pathname).toBe('/stream');
});

test('an address that does not exist is a page with a way out; in the API problem details', async () => {
  const page = await dashboard.page({ account: office });
  expect((await page.goto('/nowhere'))?.status()).toBe(404);
  expect(await page.locator('main').textContent()).toContain('没有这个页面：/nowhere');
  expect((await page.goto('/?quarter=2019Q1'))?.status()).toBe(404);
  expect(await page.locator('main').textContent()).toContain('没有 2019Q1 的评分。');
  const answer = await page.request.get('/api/v1/quarters/2019Q1/scores');
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toMatchObject({ status: 404, title: 'Not Found' });
  expect((await page.request.get('/api/v1/nothing')).headers()['content-type']).toBe('application/problem+json');
});

test('who looked at what is in the access log, without secrets', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/units/czj?quarter=2025Q2');
  await expect
    .poll(
      async () =>
        await dashboard.warehouse.query(
          `SELECT account, status FROM access_log WHERE path = '/units/czj?quarter=2025Q2' AND account = 'office'`,
        ),
      { timeout: 20_000 },
    )
    .toContainEqual({ account: 'office', status: 200 });
  const [secrets] = await dashboard.warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM access_log WHERE path LIKE '/sign-in/%' AND path != '/sign-in/[token]'`,
  );
  expect(secrets?.n).toBe(0);
});

test('health, metrics and the API description answer without signing in', async () => {
  const page = await dashboard.page();
  expect(await (await page.request.get('/health/live')).json()).toEqual({ status: 'ok' });
  expect((await page.request.get('/health/ready')).status()).toBe(200);
  expect(await (await page.request.get('/metrics')).text()).toContain('hengjian_dashboard_request_seconds_bucket');
  const description = await (await page.request.get('/api/v1/openapi.json')).json();
  expect(Object.keys(description.paths)).toContain('/v1/events');
});

test('a page left open after its session has ended goes to the sign-in page', async () => {
  const page = await dashboard.page({ account: office });
  await page.route('**/api/v1/updates', (route) => route.fulfill({ status: 401, body: '' }));
  await page.goto('/?quarter=2025Q2');
  // In truth the session goes on, so that the sign-in page leads straight back.
  await page.waitForRequest((request) =>
    request.url().includes(`/sign-in?back=${encodeURIComponent('/?quarter=2025Q2')}`),
  );
  await page.unroute('**/api/v1/updates');
});

test('menus close with Escape and by a click elsewhere', async () => {
  const page = await dashboard.page({ account: office });
  await visit(page, '/?quarter=2025Q2');
  const summary = page.locator('summary', { hasText: 'office' });
  const signOut = page.getByRole('button', { name: '退出' });
  await summary.click();
  expect(await signOut.isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await signOut.isVisible()).toBe(false);
  await summary.click();
  await page.locator('h1').click();
  expect(await signOut.isVisible()).toBe(false);
});

test('with the warehouse away pages and API say so with 503, and health is not ready', async () => {
  const page = await dashboard.page({ account: office });
  await dashboard.stopWarehouse();
  const [shown, answer, ready] = await Promise.all([
    page.goto('/?quarter=2025Q2'),
    page.request.get('/api/v1/quarters/2025Q2/scores', { timeout: 60_000 }),
    page.request.get('/health/ready', { timeout: 60_000 }),
  ]);
  expect(shown?.status()).toBe(503);
  expect(await page.locator('body').textContent()).toContain('数据仓库暂时没有应答');
  expect(answer.status()).toBe(503);
  expect(answer.headers()['content-type']).toBe('application/problem+json');
  expect(ready.status()).toBe(503);
  expect((await page.request.get('/health/live')).status()).toBe(200);
  // Said and logged: that is what this test wants.
  dashboard.problems();
});
