/** Every route × each parameter it declares, on a running dashboard: what cannot be read is 400 with which and why, and nothing ends in 500. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access } from '../src/lib/server/access.ts';
import { queryOf } from '../src/lib/server/wrong-query.ts';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

let dashboard: SignedInDashboard;
beforeAll(async () => {
  dashboard = await signedInDashboard();
  await dashboard.signIn('office', 'office');
  for (const role of ['inspector', 'auditor', 'admin'] as const) await dashboard.signIn(role, role);
}, 600_000);
afterAll(() => dashboard?.close());

const PLACES: Record<string, string> = {
  '/publications/[quarter]/circular/[file]': '/publications/2025Q1/circular/brief.pdf',
  '/tables/[quarter]/[file]': '/tables/2025Q1/scores.arrow',
  '/publications/tables/[file]': '/publications/tables/year.csv',
};
const OF: Record<string, string> = {
  token: 'x'.repeat(43),
  quarter: '2025Q1',
  unit: 'scjg',
  item: 'claim',
  task: 'T7-2025Q2-scjg-1',
  subject: '91320600MA10000000',
  job: 'none',
  uscc: '91320600MA10000000',
  place: '320671',
  account: 'office',
  id: 'none',
  file: 'none.csv',
  layout: 'none',
};
const addressOf = (route: string) => PLACES[route] ?? route.replace(/\[(\w+)\]/g, (_, name: string) => OF[name]!);
/** Who may read it. */
function askerOf(route: string): string {
  if (route.startsWith('/tasks')) return 'inspector';
  if (route.startsWith('/admin/log')) return 'auditor';
  return route.startsWith('/admin') ? 'admin' : 'office';
}
const isProblem = (route: string) => /^\/(api|health|metrics)/.test(route);
const AS_A_BROWSER = { accept: 'text/html,*/*;q=0.8' };
const routes = Object.keys(access).filter((route) => !['/forbidden', '/sign-out', '/preferences'].includes(route));

describe.each(routes)('%s', (route) => {
  const ask = (name: string, value: string, more = '') =>
    dashboard.get(`${addressOf(route)}?${new URLSearchParams([[name, value]])}${more}`, askerOf(route), AS_A_BROWSER);

  // Of every route; once is enough, so that the others are not asked for the same again and again.
  const parameters = Object.entries(queryOf(route)).filter(([name]) => name !== 'ruleset' || route === '/funnel');
  test.each(parameters)('?%s', async (name, form) => {
    for (const value of form.examples.wrong) {
      const response = await ask(name, value);
      const said = await response.text();
      expect([value, response.status]).toEqual([value, 400]);
      expect(said).toContain(name);
      expect(said).toContain(form.is[isProblem(route) ? 1 : 0].replaceAll("'", '&#39;').slice(0, 12));
      if (response.headers.get('content-type')?.includes('html')) expect(said).not.toContain('“<script>');
      else expect(isProblem(route)).toBe(true);
      if (isProblem(route)) expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(
        response.headers.get('content-security-policy') ?? response.headers.get('x-content-type-options'),
      ).toBeTruthy();
    }
    for (const value of [...form.examples.good, '']) {
      const response = await ask(name, value);
      await response.body?.cancel().catch(() => undefined);
      // Well formed, so what it names may be missing; no fault of the server, and no wrong address.
      expect([value, [200, 303, 404].includes(response.status), response.status]).toEqual([
        value,
        true,
        response.status,
      ]);
    }
    if (form.several) return;
    const twice = await ask(name, '', `&${name}=`);
    expect([twice.status, await twice.text()]).toEqual([400, expect.stringContaining(name)]);
  });

  test('a link with a parameter of a mail program opens as without', async () => {
    const plain = await dashboard.get(addressOf(route), askerOf(route));
    const { status } = await dashboard.get(`${addressOf(route)}?from=wechat&week=x&utm_source=%00`, askerOf(route));
    expect([plain.status, status]).toEqual([plain.status, route === '/funnel' ? 400 : plain.status]);
  });
});

test('what a form of /preferences may not hold is 400, never 500', async () => {
  const send = (body: string, type?: string) => dashboard.post('/preferences', 'office', body, type);
  for (const [body, type] of [
    ['{"locale":"en"}', 'application/json'],
    ['locale=en&back=%00', undefined],
    ['locale=en&back=/a%0ab', undefined],
    ['locale=%00', undefined],
    ['theme=dark%1b', undefined],
    ['', 'text/plain'],
    ['not a part', 'multipart/form-data; boundary=x'],
    ['x', 'multipart/form-data'],
  ] as const) {
    const { status } = await send(body, type);
    expect([body, type, status]).toEqual([body, type, 400]);
  }
  expect((await send('locale=en&back=/funnel')).status).toBe(303);
});

test('a stranger is sent to sign in from an address that is too long to come back to', async () => {
  const response = await dashboard.get(`/funnel?x=${'y'.repeat(4000)}`);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in']);
});
