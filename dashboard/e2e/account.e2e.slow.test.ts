/** The page of one's own account, walked in a browser: what it says, and each way to end a session. */
import { expect, test } from 'vitest';
import { startSession } from '../accounts/session-store.ts';
import { seriousFindings, visit } from './harness.ts';
import { sharedDashboard } from './shared-dashboard.ts';

const dashboard = sharedDashboard();
const unit = { name: 'zhang', roles: ['unit'], units: ['scjg'] } as const;

test('from the menu of the account: its roles and reach in words, and where it is signed in', async () => {
  const page = await dashboard.page({ account: unit });
  await visit(page, '/rules');
  await page.locator('header summary', { hasText: 'zhang' }).click();
  await page.getByRole('link', { name: '我的账号' }).click();
  await page.waitForURL('**/account');
  const main = page.locator('main');
  await main.getByRole('heading', { name: '登录情况' }).waitFor();
  const text = await main.textContent();
  expect(text).toContain('成员单位：本单位评分明细与录入');
  expect(text).toContain('市场监管');
  expect(text).toContain('127.0.0.1');
  expect(text).toContain('本次登录');
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('without scripts: one session, all others, everywhere; never one of somebody else', async () => {
  const { warehouse } = dashboard;
  const li = { name: 'li', roles: ['leader'] } as const;
  const page = await dashboard.page({ account: li, scripts: false });
  const first = await dashboard.page({ account: li });
  const second = await dashboard.page({ account: li });
  const foreign = await startSession(warehouse, 'zhang');
  const status = async (of: typeof page) => (await of.request.get('/rules', { maxRedirects: 0 })).status();
  expect(await Promise.all([page, first, second].map(status))).toEqual([200, 200, 200]);

  await page.goto('/account');
  const rows = page.locator('tbody tr');
  expect(await rows.count()).toBe(3);
  // The latest comes first.
  await rows.first().getByRole('button').click();
  expect(await page.getByRole('status').textContent()).toBe('该登录已退出。');
  expect(await Promise.all([page, first, second].map(status))).toEqual([200, 200, 303]);

  await page.getByRole('button', { name: '退出其他登录' }).click();
  expect(await page.getByRole('status').textContent()).toBe('其他登录已全部退出。');
  expect(await Promise.all([page, first].map(status))).toEqual([200, 303]);
  expect(await rows.count()).toBe(1);
  expect(await page.getByRole('button', { name: '退出其他登录' }).count()).toBe(0);

  // As if the form had been changed: the session of another account is none of theirs.
  const [other] = await warehouse.query<{ id: string }>(
    "SELECT substring(token_hash, 1, 16) AS id FROM sessions WHERE account = 'zhang' ORDER BY created_at DESC LIMIT 1",
  );
  const wrong = await page.request.post('/account?/end', {
    form: { id: other!.id },
    headers: { origin: dashboard.url },
  });
  expect(wrong.status()).toBe(400);
  expect(await wrong.text()).toContain('没有这个登录，或者已经退出。');
  const ended = await warehouse.query('SELECT 1 FROM session_ends WHERE startsWith(token_hash, {id:String})', other!);
  expect([foreign.length, ended]).toEqual([43, []]);

  const link = await dashboard.link(li);
  await page.getByRole('button', { name: '全部退出' }).click();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await status(page)).toBe(303);
  expect((await page.context().cookies()).filter(({ name }) => /^hengjian-[0-9a-f]{8}$/.test(name))).toEqual([]);
  await page.goto(link);
  expect(await page.locator('main').textContent()).toContain('登录链接已过期');
});

test('ending the session at hand leads to the sign-in page; its use is noted', async () => {
  const page = await dashboard.page({ account: { name: 'wang', roles: ['auditor'] } });
  await visit(page, '/account');
  await expect
    .poll(
      () =>
        dashboard.warehouse.query(
          "SELECT 1 AS seen FROM session_sightings WHERE token_hash IN (SELECT token_hash FROM sessions WHERE account = 'wang')",
        ),
      { timeout: 20_000 },
    )
    .toEqual([{ seen: 1 }]);
  await page.locator('tbody tr').getByRole('button').click();
  await page.waitForURL('**/sign-in');
});
