/** The pages of administrator and auditor in a browser: accounts, sign-in links, keys, the access log; with wrong input and without scripts. */
import { randomUUID } from 'node:crypto';
import { addDays } from '@hengjian/models/calendar/day.ts';
import { expect, test } from 'vitest';
import { legalDay } from '../src/lib/draws/legal-day.ts';
import { office, seriousFindings } from './harness.ts';
import { sharedDashboard } from './shared-dashboard.ts';
import { snapshot } from './snapshot.ts';

const dashboard = sharedDashboard();
const admin = { name: 'keeper', roles: ['admin'] } as const;

test('an account is made without scripts: wrong input is kept and said, the link is shown once and signs in', async () => {
  await dashboard.link(office);
  const page = await dashboard.page({ account: admin, scripts: false });
  await page.goto('/admin/accounts');
  expect(await page.locator('h1').textContent()).toBe('账号');
  const send = () => page.getByRole('button', { name: '建立并生成登录链接' }).click();

  await page.getByLabel('账号名').fill('0ffice');
  await page.getByRole('checkbox', { name: /成员单位/ }).check();
  await page.getByLabel('限于区域').fill('320671001');
  await send();
  const problems = await page.locator('.problems').textContent();
  expect(problems).toContain('“0ffice”与已有账号“office”易于混淆');
  expect(problems).toContain('“成员单位”角色必须指明单位');
  expect(await page.getByLabel('账号名').inputValue()).toBe('0ffice');
  expect(await page.getByLabel('账号名').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('checkbox', { name: /成员单位/ }).isChecked()).toBe(true);
  expect(await page.getByLabel('限于区域').inputValue()).toBe('320671001');

  await page.getByLabel('账号名').fill('王五');
  await page.getByLabel('限于区域').fill('');
  await page.getByRole('group', { name: '限于单位' }).getByRole('checkbox').first().check();
  await send();
  const link = (await page.locator('.once code').textContent())!;
  expect(link).toMatch(new RegExp(`^${dashboard.url}/sign-in/[\\w-]{43}$`));
  await page.goto('/admin/accounts');
  expect(await page.content()).not.toContain(link);
  expect(await page.getByRole('row', { name: /王五/ }).textContent()).toMatch(/成员单位[\s\S]*启用[\s\S]*从未登录/);

  const other = await dashboard.page();
  await other.goto(link);
  await other.locator('main form button').click();
  await other.waitForURL((url) => !url.pathname.includes('/sign-in'));

  // Disabled, its session ends at once; the history says who did it.
  await page.getByRole('link', { name: '王五' }).click();
  expect(await page.locator('section', { hasText: '登录情况' }).last().textContent()).toContain('127.0.0.1');
  await page.getByRole('button', { name: '停用账号' }).click();
  expect(await page.locator('.recorded').textContent()).toContain('“王五”已停用');
  await other.goto('/rules');
  expect(new URL(other.url()).pathname).toBe('/sign-in');
  const changes = dashboard.warehouse.query<{ changed_by: string; disabled: boolean }>(
    "SELECT changed_by, disabled FROM account_changes WHERE name = '王五' ORDER BY changed_at",
  );
  expect(await changes).toEqual([
    { changed_by: 'account:keeper', disabled: false },
    { changed_by: 'account:keeper', disabled: true },
  ]);
  // Enabled again, it needs a new link; its scope is changed.
  await page.getByRole('button', { name: '重新启用' }).click();
  await page.getByRole('button', { name: '生成新的登录链接' }).click();
  expect(await page.locator('.once code').textContent()).not.toBe(link);
  await page.getByRole('checkbox', { name: /领导/ }).check();
  await page.getByRole('button', { name: '保存更改' }).click();
  expect(await page.locator('.recorded').textContent()).toContain('已更改');
  expect(await page.locator('.facts').textContent()).toContain('领导、成员单位');
}, 120_000);

test('nobody locks themselves out, and a limited administrator manages nothing', async () => {
  const page = await dashboard.page({ account: admin });
  await page.goto('/admin/accounts/keeper');
  expect(await page.getByRole('button', { name: '停用账号' }).count()).toBe(0);
  await page.getByRole('checkbox', { name: /系统管理员/ }).uncheck();
  await page.getByRole('checkbox', { name: /领导/ }).check();
  await page.getByRole('button', { name: '保存更改' }).click();
  expect(await page.locator('.problems').textContent()).toContain('请由另一位系统管理员办理');
  expect((await page.request.get('/admin/accounts/nobody')).status()).toBe(404);

  const limited = await dashboard.page({ account: { name: 'half', roles: ['admin'], units: ['scjg'] } });
  for (const path of ['/admin/accounts', '/admin/accounts/keeper', '/admin/keys'])
    expect((await limited.request.get(path)).status()).toBe(403);
  const form = { name: 'mole', roles: 'office' };
  const headers = { origin: dashboard.url };
  expect((await limited.request.post('/admin/accounts?/add', { form, headers })).status()).toBe(403);
  const auditor = await dashboard.page({ account: { name: 'auditor', roles: ['auditor'] } });
  await auditor.goto('/admin/accounts/keeper');
  expect(await auditor.locator('main form').count()).toBe(0);
  expect((await auditor.request.post('/admin/accounts/keeper?/disable', { headers, form: {} })).status()).toBe(403);
  expect((await auditor.request.post('/admin/keys?/add', { form, headers })).status()).toBe(403);
}, 120_000);

test('a key is made, shown once and revoked; the pages are readable by everybody', async () => {
  const page = await dashboard.page({ account: admin, scripts: false });
  await page.goto('/admin/keys');
  await page.getByLabel('名称').fill('业务协同平台');
  await page.getByLabel('限于来源').fill('https://ywxt.example/push not<uri>');
  await page.getByRole('button', { name: '建立密钥' }).click();
  expect(await page.locator('.problems').textContent()).toContain('“not<uri>”不是 URI');
  expect(await page.getByLabel('名称').inputValue()).toBe('业务协同平台');
  await page.getByLabel('限于来源').fill('https://ywxt.example/push');
  await page.getByRole('button', { name: '建立密钥' }).click();
  const key = (await page.locator('.once code').textContent())!;
  expect(key).toMatch(/^hj_[\w-]{43}$/);
  await page.goto('/admin/keys');
  expect(await page.content()).not.toContain(key);
  const row = page.getByRole('row', { name: /业务协同平台/ });
  expect(await row.textContent()).toMatch(/https:\/\/ywxt\.example\/push[\s\S]*有效[\s\S]*keeper/);
  await row.getByRole('button', { name: '吊销' }).click();
  expect(await page.locator('.recorded').textContent()).toContain('已吊销');
  expect(await row.textContent()).toContain('已吊销');

  await page.getByLabel('读取系统').fill('电子表格');
  await page.getByLabel('有效天数').fill('30');
  await page.getByRole('button', { name: '建立读取密钥' }).click();
  expect(await page.locator('.problems').textContent()).toContain('请至少选择一个角色');
  expect(await page.getByLabel('读取系统').inputValue()).toBe('电子表格');
  await page.getByRole('checkbox', { name: /领导/ }).check();
  await page.getByRole('button', { name: '建立读取密钥' }).click();
  const reading = (await page.locator('.once code').textContent())!;
  expect(reading).toMatch(/^hjr_[\w-]{43}$/);
  const headers = { authorization: `Bearer ${reading}` };
  expect((await fetch(`${dashboard.url}/api/v1/heat/areas`, { headers })).status).not.toBe(401);
  await page.getByRole('button', { name: '吊销密钥“电子表格”' }).click();
  expect((await fetch(`${dashboard.url}/api/v1/heat/areas`, { headers })).status).toBe(401);

  for (const [theme, width, locale] of [
    ['light', 1440, 'zh-CN'],
    ['dark', 390, 'en'],
  ] as const) {
    const looked = await dashboard.page({ account: admin, theme, width, locale });
    for (const path of ['/admin/accounts', '/admin/accounts/王五', '/admin/keys']) {
      await looked.goto(path);
      expect([path, await seriousFindings(looked)]).toEqual([path, []]);
      await snapshot(looked, `admin${path.replaceAll('/', '-').replace('王五', 'one')}-${width}`);
      const wide = await looked.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect([path, wide]).toEqual([path, false]);
    }
  }
}, 120_000);

test('the auditor reads the access log by account, day, outcome and downloads, page by page, and takes it away whole', async () => {
  // The log is kept for two years.
  const day = addDays(legalDay(), -30);
  // Many at one moment: pages neither lose nor repeat a row.
  const row = (at: string, path: string, status = 200, route = '/units/[unit]') => ({
    at,
    request_id: randomUUID(),
    account: 'reader',
    address: '127.0.0.1',
    method: 'GET',
    route,
    path,
    status,
    duration_ms: 1.5,
  });
  const rows = Array.from({ length: 120 }, (_, n) => row(`${day} 23:59:59.999`, `/units/u${n}`));
  rows.push(row(`${addDays(day, 1)} 00:00:00.000`, '/units/next', 403));
  rows.push(
    row(`${day} 00:00:00.000`, '/api/v1/quarters/2025Q1/scores.csv', 200, '/api/v1/quarters/[quarter]/scores.csv'),
  );
  await dashboard.warehouse.insert('access_log', rows);
  const page = await dashboard.page({ account: { name: 'auditor', roles: ['auditor'] }, scripts: false });
  await page.goto('/admin/log');
  await page.getByLabel('账号').fill('reader');
  await page.getByLabel('日期').fill(day);
  await page.getByRole('button', { name: '查询' }).click();
  const paths: (string | null)[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    paths.push(...(await page.locator('td.request').allTextContents()));
    if (turn < 2) await page.getByRole('link', { name: '更早' }).click();
  }
  expect(await page.getByRole('link', { name: '更早' }).count()).toBe(0);
  expect(paths).toHaveLength(121);
  expect(new Set(paths).size).toBe(121);
  expect(paths.at(-1)).toContain('scores.csv');

  await page.goto('/admin/log?account=reader&outcome=refused');
  expect(await page.locator('td.request').allTextContents()).toEqual([expect.stringContaining('/units/next')]);
  await page.goto('/admin/log?account=reader&exports=1');
  expect(await page.locator('td.request').allTextContents()).toEqual([expect.stringContaining('scores.csv')]);
  await page.goto('/admin/log?account=nobody-of-this-name');
  expect(await page.locator('main').textContent()).toContain('没有符合条件的记录');
  expect((await page.request.get('/admin/log?day=2025-02-30')).status()).toBe(400);

  const file = await page.request.get('/admin/log.csv?account=reader');
  expect(file.headers()['content-disposition']).toContain('attachment; filename="access-log.csv"');
  const lines = (await file.text()).trimEnd().split('\r\n');
  expect(lines[0]).toBe('\ufeffat,account,method,path,route,status,duration_ms,address,request_id');
  expect(lines).toHaveLength(123);
  expect(lines[1]).toContain('/units/next');
  const keeper = await dashboard.page({ account: admin });
  for (const path of ['/admin/log', '/admin/log.csv', '/admin/log.xlsx'])
    expect((await keeper.request.get(path)).status()).toBe(403);
  const small = await dashboard.page({ account: { name: 'auditor', roles: ['auditor'] }, width: 390, theme: 'dark' });
  await small.goto('/admin/log?account=reader');
  expect(await seriousFindings(small)).toEqual([]);
  await snapshot(small, 'admin-log-390');
  expect(await small.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  await page.goto('/admin/log?account=reader');
  await snapshot(page, 'admin-log-1440');
}, 120_000);
