import { globSync } from 'node:fs';
import { join } from 'node:path';
import { loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { caddyRules, type ExampleProxy, exampleOf, nginxRules, startProxy } from './example-proxy.ts';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';
import { office, openDashboard, seriousFindings, type TestDashboard, visit } from './harness.ts';
import { snapshot } from './snapshot.ts';

/** As the nginx example has it; the browser comes by http, so that is the scheme of the public address too. */
let proxy: ExampleProxy;
let dashboard: TestDashboard;
beforeAll(async () => {
  proxy = await startProxy(nginxRules(exampleOf('nginx.conf')));
  dashboard = await openDashboard(fillOdd, { PUBLIC_URL: `${proxy.origin}/hengjian/` }, PUBLISHED_SAMPLE);
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

const override = '\u202e';
/** As long as an id may be, and turned around by a sign that nobody sees. */
const odd = (most: number) => `${override}ODD-${'x'.repeat(most - 5)}`;

/** The sample, and ids of the longest kind with right-to-left signs in it, which cost points. */
async function fillOdd(warehouse: Warehouse): Promise<void> {
  const source = `https://t.example/${encodeURIComponent(override)}/${'s'.repeat(100)}`;
  const of = { source, department: 'scjg', subject: '91350100M000100Y43', time: '2025-04-01T09:00:00+08:00' };
  await loadEvents(warehouse, [
    {
      ...of,
      id: odd(64),
      type: 'registration.pushed',
      data: { push_id: odd(128), bucket: 'licensed', matters: ['x'] },
    },
    {
      ...of,
      id: odd(63),
      type: 'entity.registered',
      data: { name: `${override}Odd`, kind: 'x', industry: 'C', registered_on: '2025-04-01' },
    },
  ]);
  await refresh(warehouse, loadProject());
}

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
  // With every role, so that nothing is refused.
  const page = await dashboard.page({ account: { name: 'all', roles: ['office', 'admin', 'inspector', 'auditor'] } });
  expect(page.url()).toBe(`${dashboard.url}/desk`);
  /** One page of each kind is enough: units and items are alike. */
  const kindOf = (url: URL) => url.pathname.replace(/(\/units\/)[^/]+/, '$1…').replace(/(\/units\/…\/)[^/]+/, '$1…');
  const seen = new Set<string>();
  // Also those that are linked only where there is something to see.
  const waiting = globSync('**/+page.svelte', { cwd: join(import.meta.dirname, '../src/routes') })
    .filter((file) => !/\[|^sign-in/.test(file))
    .map((file) => `${dashboard.url}/${file.replace(/\/?\+page\.svelte$/, '')}`);
  for (const address of waiting) seen.add(kindOf(new URL(address)));
  for (let at = waiting.shift(); at; at = waiting.shift()) {
    const file = await page.request.get(at);
    expect([at, file.status()]).toEqual([at, 200]);
    if (file.headers()['content-disposition']?.startsWith('attachment')) continue;
    await page.goto(at);
    await page.locator('main').waitFor();
    // What others wrote neither reorders the text nor pushes it out of view.
    expect(await page.locator('main').textContent(), at).not.toContain(override);
    await page.setViewportSize({ width: 390, height: 800 });
    expect([at, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([at, 390]);
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const address of (await addressesOn(page)).filter((one) => /^https?:/.test(one))) {
      const url = new URL(address);
      expect(address.startsWith(`${dashboard.url}/`), `${address} on ${at}`).toBe(true);
      if (
        seen.has(kindOf(url)) ||
        /\/_app\/|\.(csv|svg|js|json|parquet|arrow|docx|xlsx|pdf|zip)$|\/(preferences|sign-out)$/.test(url.pathname)
      )
        continue;
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
}, 480_000);

test('a long id is shortened; the whole is there on focus, in print and for screen readers', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto(`${dashboard.url}/units/scjg/claim?quarter=2025Q2`);
  const id = page.locator('bdi.long').first();
  const short = id.locator('.short');
  const whole = id.locator('.whole');
  expect(await short.textContent()).toMatch(/^\\u202eODD-x+…x{12}$/);
  expect(await whole.textContent()).toBe(`\\u202eODD-${'x'.repeat(123)}`);
  expect((await whole.boundingBox())!.width).toBeLessThan(2);
  await snapshot(page, 'long-id');
  await id.focus();
  expect(await short.isVisible()).toBe(false);
  expect((await whole.boundingBox())!.width).toBeGreaterThan(50);
  await snapshot(page, 'long-id-focus');
  await page.emulateMedia({ media: 'print' });
  await page.locator('h1').first().click();
  expect(await page.locator('bdi.long .short').first().isVisible()).toBe(false);
  expect(await seriousFindings(page)).toEqual([]);
});

test('an account that is limited to areas is told so on every page', async () => {
  const page = await dashboard.page({ account: { name: 'east', roles: ['office'], areas: ['320671001'] } });
  for (const path of ['/', '/units/scjg?quarter=2025Q2', '/heat']) {
    await page.goto(dashboard.url + path);
    expect(await page.locator('[role=note]').first().textContent()).toContain('您的账号限于以下区域：第一街道。');
  }
  await snapshot(page, 'area-note');
});

test('the shell works under the path: navigation without loading, a language, charts, a download, a refusal', async () => {
  const page = await dashboard.page({ account: office });
  await visit(page, `${dashboard.url}/?quarter=2025Q2`);
  await page.getByRole('link', { name: '风险', exact: true }).click();
  await page.waitForURL(`${dashboard.url}/heat`);
  expect(await page.getByRole('link', { name: '热力图', exact: true }).getAttribute('aria-current')).toBe('page');
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
  await page.waitForURL(`${dashboard.url}/desk`);
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
  await page.waitForURL(`${dashboard.url}/desk`);
  await other.locator('main form button').click();
  await other.waitForURL(`${dashboard.url}/desk`);
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
