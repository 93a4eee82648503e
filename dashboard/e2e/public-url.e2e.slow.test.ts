import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { caddyRules, type ExampleProxy, exampleOf, nginxRules, startProxy } from './example-proxy.ts';
import { fillPublishedSample } from './fill-published-sample.ts';
import { office, openDashboard, seriousFindings, type TestDashboard, visit } from './harness.ts';
import { snapshot } from './snapshot.ts';

/** As the nginx example has it; the browser comes by http, so that is the scheme of the public address too. */
let proxy: ExampleProxy;
let dashboard: TestDashboard;
beforeAll(async () => {
  proxy = await startProxy(nginxRules(exampleOf('nginx.conf')));
  dashboard = await openDashboard(fillPublishedSample, { PUBLIC_URL: `${proxy.origin}/hengjian/` });
  proxy.lead(3000, dashboard.port);
}, 400_000);
afterAll(async () => {
  await dashboard?.close();
  await proxy?.close();
});
afterEach(async () => {
  await dashboard.closePages();
  expect(dashboard.problems()).toEqual([]);
  expect(proxy.outside).toEqual([]);
});

/** Every address that a page names: links, forms, scripts, styles, pictures. */
const addressesOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[href], [src], form')].map((element) =>
      element instanceof HTMLFormElement
        ? element.action
        : ((element as HTMLAnchorElement).href ?? (element as HTMLScriptElement).src),
    ),
  );

test('every page that can be reached names only addresses under the path, and they are there', async () => {
  const page = await dashboard.page({ account: office });
  expect(page.url()).toBe(`${dashboard.url}/`);
  /** One page of each kind is enough: units and items are alike. */
  const kindOf = (url: URL) => url.pathname.replace(/(\/units\/)[^/]+/, '$1…').replace(/(\/units\/…\/)[^/]+/, '$1…');
  const seen = new Set<string>();
  // Also those that are linked only where there is something to see.
  const waiting = globSync('**/+page.svelte', { cwd: join(import.meta.dirname, '../src/routes') })
    .filter((file) => !/\[|^sign-in/.test(file))
    .map((file) => `${dashboard.url}/${file.replace(/\/?\+page\.svelte$/, '')}`);
  for (const address of waiting) seen.add(kindOf(new URL(address)));
  for (let at = waiting.shift(); at; at = waiting.shift()) {
    const answer = await page.goto(at);
    expect([at, answer?.status()]).toEqual([at, 200]);
    await page.locator('main').waitFor();
    for (const address of (await addressesOn(page)).filter((one) => /^https?:/.test(one))) {
      const url = new URL(address);
      expect(address.startsWith(`${dashboard.url}/`), `${address} on ${at}`).toBe(true);
      if (seen.has(kindOf(url)) || /\/_app\/|\.(csv|svg|js)$|\/(preferences|sign-out)$/.test(url.pathname)) continue;
      seen.add(kindOf(url));
      waiting.push(url.origin + url.pathname + url.search);
    }
  }
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(
      ['/', '/funnel', '/heat', '/rules', '/stream', '/stream/rejects', '/units/…', '/units/…/…'].map(
        (path) => `/hengjian${path}`,
      ),
    ),
  );
}, 240_000);

test('the shell works under the path: navigation without loading, a language, charts, a download, a refusal', async () => {
  const page = await dashboard.page({ account: office });
  await visit(page, `${dashboard.url}/?quarter=2025Q2`);
  await page.getByRole('link', { name: '热力图' }).click();
  await page.waitForURL(`${dashboard.url}/heat`);
  expect(await page.locator('nav [aria-current]').textContent()).toBe('热力图');
  await page.getByRole('button', { name: /English/ }).click();
  await page.waitForURL(`${dashboard.url}/heat`);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const csv = await page.request.get(`${dashboard.url}/api/v1/quarters/2025Q2/scores.csv`);
  expect(csv.status()).toBe(200);
  expect((await page.goto(`${dashboard.url}/nowhere`))?.status()).toBe(404);
  expect(await page.locator('main').textContent()).toContain('/nowhere');
  const description = await (await page.request.get(`${dashboard.url}/api/v1/openapi.json`)).json();
  expect(description.servers[0].url).toBe(dashboard.url);
  // Without the slash behind the path, as people type it.
  await page.goto(dashboard.url);
  expect(page.url()).toBe(`${dashboard.url}/`);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ path }) => path)).toEqual(cookies.map(() => '/hengjian/'));
});

test('probes of the machine ask without the path, and what a proxy strips is found too', async () => {
  const direct = `http://127.0.0.1:${dashboard.port}`;
  for (const path of ['/health/live', '/health/ready', '/metrics', '/hengjian/health/live'])
    expect([path, (await fetch(direct + path)).status]).toEqual([path, 200]);
  const stripped = await fetch(`${direct}/heat`, { redirect: 'manual' });
  expect(stripped.headers.get('location')).toBe(`/hengjian/sign-in?back=${encodeURIComponent('/hengjian/heat')}`);
  expect((await fetch(`${direct}/hengjianer`, { redirect: 'manual' })).status).toBe(404);
});

test('a link to a page leads a stranger there by way of signing in, and from a mail straight in', async () => {
  const asked = `${dashboard.url}/units/czj?quarter=2025Q2`;
  const page = await dashboard.page();
  await page.goto(asked);
  expect(page.url()).toBe(`${dashboard.url}/sign-in?back=${encodeURIComponent('/hengjian/units/czj?quarter=2025Q2')}`);
  expect(await page.locator('main').textContent()).toContain('登录后将打开您要看的页面。');
  await snapshot(page, 'sign-in-asked');
  await page.goto(await dashboard.link(office));
  await page.locator('main form button').click();
  await page.waitForURL(asked);
  // A page of another site with a link, as a mail in a browser is one: "localhost" is another site than 127.0.0.1.
  await page.route('http://localhost/mail', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<a href="${asked}">考核结果</a>` }),
  );
  await page.goto('http://localhost/mail');
  await page.getByRole('link', { name: '考核结果' }).click();
  await page.waitForURL(asked);
  expect(await page.locator('h1').first().textContent()).toContain('财政局');
});

test.each([
  '//elsewhere.example/x',
  '/\\elsewhere.example',
  'https://elsewhere.example',
  '/hengjian/../x',
  '/hengjian//elsewhere.example',
  '/other',
  '/hengjian/sign-in/x',
  '/hengjian/api/v1/updates',
  '\t//elsewhere.example',
])('nobody is led to %s after signing in', async (back) => {
  const page = await dashboard.page();
  await page.goto(`${await dashboard.link(office)}?back=${encodeURIComponent(back)}`);
  await page.locator('main form button').click();
  await page.waitForURL(`${dashboard.url}/`);
});

test('a sign-in link names the page it leads to', async () => {
  const page = await dashboard.page();
  await page.goto(`${await dashboard.link(office)}?back=/hengjian/heat`);
  await page.locator('main form button').click();
  await page.waitForURL(`${dashboard.url}/heat`);
});

test('two clicks on the button, two tabs, the link again while signed in: no alarm; a scanner uses nothing up', async () => {
  const page = await dashboard.page();
  const link = await dashboard.link({ name: 'twice', roles: ['office'] });
  for (const method of ['GET', 'HEAD'] as const) await page.request.fetch(link, { method });
  const other = await page.context().newPage();
  await page.goto(link);
  await other.goto(link);
  await page.locator('main form button').dblclick();
  await page.waitForURL(`${dashboard.url}/`);
  await other.locator('main form button').click();
  await other.waitForURL(`${dashboard.url}/`);
  await other.goto(link);
  expect(await other.locator('main').textContent()).toContain('您已经以“twice”的身份登录。');
  expect(await other.locator('[role=alert]').count()).toBe(0);
  expect(await seriousFindings(other)).toEqual([]);
  // For another account it is one: then it is offered.
  await other.goto(await dashboard.link(office));
  expect(await other.locator('main').textContent()).toContain('目前以“twice”的身份登录');
  await snapshot(other, 'sign-in-instead');
});

test('a form from elsewhere is refused, also from the address behind the proxy', async () => {
  const send = (origin: string) =>
    fetch(`${dashboard.url}/preferences`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'locale=en&back=/hengjian/heat',
    });
  expect((await send('https://elsewhere.example')).status).toBe(403);
  expect((await send(`http://127.0.0.1:${dashboard.port}`)).status).toBe(403);
  const own = await send(proxy.origin);
  expect([own.status, own.headers.get('location')]).toEqual([303, '/hengjian/heat']);
});

test('lists in forwarded headers are no bad request', async () => {
  for (const headers of [
    { 'x-forwarded-proto': 'https,http' },
    {
      'x-forwarded-proto': 'https, http',
      'x-forwarded-for': '10.0.0.1, 10.0.0.2',
      'x-forwarded-host': 'a.example, b.example',
    },
    { 'x-forwarded-proto': 'https:' },
    { 'x-forwarded-proto': '%E0%A4%A' },
  ] as Record<string, string>[])
    expect((await fetch(`http://127.0.0.1:${dashboard.port}/hengjian/sign-in`, { headers })).status).toBe(200);
});

test('behind Caddy as in its example the same pages are there', async () => {
  const caddy = await startProxy(caddyRules(exampleOf('Caddyfile')), 'https');
  caddy.lead(3000, dashboard.port);
  try {
    const answer = await fetch(`${caddy.origin}/hengjian/sign-in`);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('/hengjian/_app/')]);
  } finally {
    await caddy.close();
  }
});

test('eight tabs of one browser share one stream, and all hear of a refresh', async () => {
  const first = await dashboard.page({ account: office });
  const pages = [first, ...(await Promise.all(Array.from({ length: 7 }, () => first.context().newPage())))];
  for (const page of pages) await page.goto(`${dashboard.url}/?quarter=2025Q2`, { timeout: 60_000 });
  await expect.poll(() => proxy.streams(), { timeout: 20_000 }).toBe(1);
  const refreshed = pages.map((page) =>
    page.locator('.notice[data-shown=true]', { hasText: '已更新' }).waitFor({ timeout: 60_000 }),
  );
  await announceRefresh(dashboard);
  await Promise.all(refreshed);
  // The tab with the stream goes; another takes it over.
  for (const page of pages.slice(0, 4)) await page.close();
  await expect.poll(() => proxy.streams(), { timeout: 20_000 }).toBe(1);
  // Nobody sees a tab: no stream.
  for (const page of pages.slice(4)) await hide(page, true);
  await expect.poll(() => proxy.streams(), { timeout: 20_000 }).toBe(0);
  await hide(pages[4]!, false);
  await expect.poll(() => proxy.streams(), { timeout: 20_000 }).toBe(1);
}, 180_000);

test('the stream of an account that is disabled ends, and the tab goes to the sign-in page', async () => {
  const page = await dashboard.page({ account: { name: 'leaving', roles: ['leader'] } });
  await visit(page, `${dashboard.url}/?quarter=2025Q2`);
  await expect.poll(() => proxy.streams(), { timeout: 20_000 }).toBeGreaterThan(0);
  // As the command line of another process does it: no word within this one.
  await dashboard.warehouse.command(
    `INSERT INTO account_changes SELECT 'leaving', ['leader'], [], [], true, now64(6), 'test'`,
  );
  await page.waitForURL(/\/sign-in/, { timeout: 30_000 });
});

test('an end that the server plans is not shown, one it does not come back from is', async () => {
  const page = await dashboard.page({ account: office });
  let answered = 0;
  let answers = true;
  await page.route('**/api/v1/updates', (route) => {
    answered += 1;
    if (!answers) return route.abort();
    return route.fulfill({ contentType: 'text/event-stream', body: 'retry: 200\n\n: planned end\n\n' });
  });
  await page.goto(`${dashboard.url}/?quarter=2025Q2`);
  const shown: string[] = [];
  await page.exposeFunction('noteNotice', (text: string) => shown.push(text));
  await page.evaluate(() => {
    const notice = document.querySelector('.notice')!;
    new MutationObserver(() => {
      const text = notice.textContent!.trim();
      if (text) (window as unknown as { noteNotice(text: string): void }).noteNotice(text);
    }).observe(notice, { subtree: true, childList: true, characterData: true });
  });
  await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(4);
  expect(shown).toEqual([]);
  answers = false;
  await expect.poll(() => shown, { timeout: 20_000 }).not.toEqual([]);
  // The browser says in its console that the stream was cut: that is what this test does.
  dashboard.problems();
});

async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    hidden ? 'hidden' : 'visible',
  );
}

/** A build that ends now, as the scheduler leaves it. */
async function announceRefresh({ warehouse }: TestDashboard): Promise<void> {
  await warehouse.command(
    `INSERT INTO refreshes SELECT * REPLACE (now64(6) AS refreshed_at, build + 1 AS build)
     FROM (SELECT * FROM refreshes WHERE error = '' ORDER BY refreshed_at DESC LIMIT 1)`,
  );
}
