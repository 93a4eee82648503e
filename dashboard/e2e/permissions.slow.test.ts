/**
 * Every route × role × scope on a running dashboard (pages, their data requests, API, files, the stream) against contract
 * §4 as it is written there, not as the table of permissions has it; and what every answer carries.
 */
import type { Role } from '@hengjian/contract/scope.ts';
import ExcelJs from 'exceljs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signOutEverywhere } from '../accounts/sign-out.ts';
import { access } from '../src/lib/server/access.ts';
import { isKept } from '../src/lib/server/kept-routes.ts';
import { ABSENT, ITEM, limitsOf, MAY, ROLES } from './may-read.ts';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

/** The first sheet: cells by header. */
async function sheetOf(response: Response) {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(await response.arrayBuffer());
  const sheet = book.worksheets[0]!;
  const columns = Object.fromEntries(
    sheet.columns.map((_, index) => [
      String(sheet.getCell(1, index + 1).value),
      Array.from({ length: sheet.rowCount - 1 }, (_, row) => sheet.getCell(row + 2, index + 1).value),
    ]),
  );
  return { columns, frozen: (sheet.views[0] as { ySplit?: number } | undefined)?.ySplit };
}

const AREA = '320671001';

let dashboard: SignedInDashboard;
let get: SignedInDashboard['get'];

beforeAll(async () => {
  dashboard = await signedInDashboard();
  const { signIn } = dashboard;
  get = dashboard.get;
  for (const role of ROLES) await signIn(role, role, role === 'unit' ? ['scjg'] : []);
  await signIn('office-2', 'office');
  await signIn('other', 'unit', ['czj']);
  await signIn('local', 'office', [], ['320671001']);
}, 600_000);
afterAll(() => dashboard?.close());

const dataOf = (path: string) => (path === '/' ? '/__data.json' : `${path}/__data.json`);
const pattern = (route: string) => new RegExp(`^${route.replace(/\[[^\]]+\]/g, '[^/]+').replaceAll('.', '\\.')}$`);

test('each route that is not open to everybody is among the addresses tried', () => {
  const closed = Object.entries(access).filter(([, admission]) => typeof admission === 'object');
  const missing = closed.filter(([route]) => !Object.keys(MAY).some((path) => pattern(route).test(path)));
  expect(missing).toEqual([]);
});

describe.each(Object.entries(MAY))('%s', (path, roles) => {
  const isApi = path.startsWith('/api');

  test('nobody is sent away', async () => {
    const { status, headers } = await get(path);
    if (isApi) expect(status).toBe(401);
    else
      expect([status, headers.get('location')]).toEqual([
        303,
        path === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(path)}`,
      ]);
  });

  test.each(ROLES)('%s', async (role) => {
    const { status } = await get(path, role);
    if (roles.includes(role)) expect(status).toBe(ABSENT.has(path) ? 404 : 200);
    // The start page of who sees no scores is the stream, of an inspector the visits drawn for that person.
    else if (path === '/' && ['admin', 'inspector'].includes(role)) expect(status).toBe(303);
    else expect(status).toBe(403);
    if (isApi || ABSENT.has(path)) return;
    const data = await get(dataOf(path), role);
    const text = await data.text();
    expect([roles.includes(role), /"type":"(redirect|error)"/.test(text) || data.status === 403]).not.toEqual([
      true,
      true,
    ]);
    if (!roles.includes(role)) expect(text).not.toMatch(/"(units|ranking|lost)"/);
  });
});

/** Every role, and of one role every limit; two accounts that may see the same. */
const ASKERS = [...ROLES, 'office-2', 'other', 'local'];
const KEPT = Object.keys(MAY).filter((path) =>
  Object.keys(access).some((route) => isKept(route) && pattern(route).test(path)),
);

describe.each([...KEPT, ...KEPT.filter((path) => !path.startsWith('/api')).map(dataOf)])('%s, kept', (path) => {
  test('each is given its own answer, cold and warm, whoever asked before', async () => {
    // An address that nobody has asked for is cold; what it is called by is no part of the answer.
    const ask = async (asker: string, order: string) => {
      const response = await get(`${path}?order=${order}`, asker);
      return { status: response.status, text: (await response.text()).replaceAll(/(\?|&amp;|&)order=[\w-]+/g, '') };
    };
    const alone = new Map<string, unknown>();
    for (const asker of ASKERS) alone.set(asker, await ask(asker, `alone-${asker}`));
    for (const first of ASKERS)
      for (const second of ASKERS.filter((asker) => asker !== first)) {
        const order = `${first}-${second}`;
        for (const [turn, asker] of [first, second, first, second].entries())
          expect([order, turn, await ask(asker, order)]).toEqual([order, turn, alone.get(asker)]);
      }
  }, 300_000);
});

/** With a limit: to a unit that addresses do not name, or to one area. */
const UNIT = 'czj';
const LIMITED = {
  'office-of-unit': ['office', [UNIT], []],
  'leader-of-unit': ['leader', [UNIT], []],
  'unit-in-area': ['unit', [UNIT], [AREA]],
  'office-of-area': ['office', [], [AREA]],
  'auditor-of-area': ['auditor', [], [AREA]],
  'inspector-of-area': ['inspector', [], [AREA]],
  'admin-of-unit': ['admin', [UNIT], []],
} as const satisfies Record<string, readonly [Role, readonly string[], readonly string[]]>;

describe('limited to a unit or an area', () => {
  /** What names rows that lie outside: pushes, documents and tasks of other units; pushes and subjects of other areas. */
  const outside = { units: new Set<string>(), areas: new Set<string>() };
  beforeAll(async () => {
    for (const [name, [role, units, areas]] of Object.entries(LIMITED))
      await dashboard.signIn(name, role, [...units], [...areas]);
    const named = async (sql: string) =>
      new Set(
        (await dashboard.warehouse.query<{ token: string }>(sql, { area: AREA, unit: UNIT })).map(({ token }) => token),
      );
    outside.units = await named(
      `SELECT key AS token FROM shown_lost_points WHERE subject != '' AND match(key, '^.*[0-9].{4,}$')
       GROUP BY key HAVING NOT has(groupArray(toString(unit)), {unit:String})
       UNION ALL SELECT JSONExtractString(facts, 'task_id') AS token FROM events
       WHERE type = 'task.created' AND position(facts, concat('"', {unit:String}, '"')) = 0`,
    );
    outside.areas = await named(
      `SELECT subject AS token FROM events WHERE subject != ''
       GROUP BY subject HAVING NOT has(groupArray(toString(region)), {area:String})
       UNION ALL SELECT push_id AS token FROM events WHERE type = 'registration.pushed' AND region != {area:String}`,
    );
    expect([outside.units.size > 50, outside.areas.size > 50]).toEqual([true, true]);
  });

  const textOf = async (response: Response) => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isWorkbook = response.headers.get('content-type')?.includes('spreadsheetml');
    const parts = isWorkbook ? Object.values(unzipSync(bytes)) : [bytes];
    return parts.map((part) => Buffer.from(part).toString('latin1')).join(' ');
  };
  const isOpen = (response: Response, text: string) =>
    response.status === 200 && !/^\{"type":"(redirect|error)"|"nodes":\[.*\{"type":"error"/.test(text);

  /** What is wrong with the answer: closed to who may, open to who may not, or with rows from outside. */
  async function wrongIn(asker: keyof typeof LIMITED, path: string): Promise<unknown[]> {
    const [role, units, areas] = LIMITED[asker];
    const wrong: unknown[] = [];
    const limits = limitsOf(path);
    const isWithin =
      (units.length === 0 || (limits.includes('units') && !path.includes('scjg'))) &&
      (areas.length === 0 || limits.includes('areas'));
    const isPage = !path.startsWith('/api') && !/\.\w+$/.test(path);
    const page = await get(path, asker);
    const answers = [{ address: path, response: page }];
    // Where there is a page, its data is an address of its own.
    if (isPage && page.headers.get('content-type')?.includes('html'))
      answers.push({ address: dataOf(path), response: await get(dataOf(path), asker) });
    for (const { address, response } of answers) {
      const text = await textOf(response);
      const open = isOpen(response, text);
      const may = MAY[path]!.includes(role);
      if (response.status >= 500 || (open && !may) || (!open && may && isWithin && !ABSENT.has(path)))
        wrong.push([address, response.status, open ? 'open' : 'closed']);
      const tokens = [...new Set(text.match(/[\w-]{6,}/g))].filter((token) => !path.includes(token));
      const seen = [
        ...(units.length > 0 ? tokens.filter((token) => outside.units.has(token)) : []),
        ...(areas.length > 0 ? tokens.filter((token) => outside.areas.has(token)) : []),
      ];
      if (seen.length > 0) wrong.push([address, ...seen.slice(0, 3)]);
    }
    return wrong;
  }

  test.each(Object.keys(LIMITED) as (keyof typeof LIMITED)[])(
    '%s',
    async (asker) => {
      const wrong: unknown[] = [];
      // The stream of updates does not end.
      for (const path of Object.keys(MAY).filter((one) => one !== '/api/v1/updates'))
        wrong.push(...(await wrongIn(asker, path)));
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});

test('a unit gets no row of another one, neither as JSON nor as a file nor as data of a page', async () => {
  for (const path of [ITEM, `${ITEM}/lost.csv`, `${ITEM}/lost.xlsx`, '/units/scjg', '/units/scjg/claim'])
    expect([path, (await get(path, 'other')).status]).toEqual([path, 403]);
  const whole = await sheetOf(await get('/tables/2025Q1/lost.xlsx', 'other'));
  expect(new Set(whole.columns.单位代码)).toEqual(new Set(['czj']));
});

test('stored lists: of tiers for who sees tiers, of the acts of the office not for a unit', async () => {
  for (const id of ['entry-tier-changed', 'entry-risk-scored', 'entry-mark-awarded']) {
    const path = `/import/lists/${id}`;
    expect([path, (await get(path, 'office')).status]).toEqual([path, 200]);
    expect([path, (await get(path, 'unit')).status]).toEqual([path, 404]);
    expect([path, (await get(`${path}.csv`, 'unit')).status]).toEqual([path, 404]);
  }
  expect((await get('/import/lists/plans', 'unit')).status).toBe(200);
});

test('a workbook holds what the table of programs holds: codes as text, days as dates, numbers as numbers', async () => {
  const { lost } = (await (await get(ITEM, 'office')).json()) as {
    lost: { subject: string | null; due: string | null; points: number | null }[];
  };
  const { columns, frozen } = await sheetOf(await get(`${ITEM}/lost.xlsx`, 'office'));
  expect(columns.统一社会信用代码).toEqual(lost.map(({ subject }) => subject));
  expect(columns.期限).toEqual(lost.map(({ due }) => due && new Date(`${due}T00:00:00Z`)));
  expect(columns.失分).toEqual(lost.map(({ points }) => points));
  expect(frozen).toBe(1);
  const address = '/draws/T7-2025Q2-scjg-1/visits';
  const drawn = (await sheetOf(await get(`${address}.xlsx`, 'office'))).columns.统一社会信用代码!;
  const lines = (await (await get(`${address}.csv`, 'office')).text()).trim().split('\r\n').slice(1);
  expect(drawn).toEqual(lines.map((line) => line.split(',')[0]));
  expect(drawn.length).toBeGreaterThan(0);
});

test('an account of one area gets its rows alone: explanation, file, ranking; of a draft no totals', async () => {
  const { warehouse } = dashboard;
  const areaOf = async (source: string, id: string) => {
    const [row] = await warehouse.query<{ region: string }>(
      'SELECT CAST(region AS String) AS region FROM events WHERE source = {source:String} AND id = {id:String} LIMIT 1',
      { source, id },
    );
    return row?.region;
  };
  interface Rows {
    areas?: string[];
    lost: { event: { source: string; id: string } | null }[];
  }
  const all = (await (await get(ITEM, 'office')).json()) as Rows;
  const some = (await (await get(ITEM, 'local')).json()) as Rows;
  expect(some.areas).toEqual(['320671001']);
  const regions = await Promise.all(all.lost.map(({ event }) => event && areaOf(event.source, event.id)));
  expect(some.lost.length).toBe(regions.filter((region) => region === '320671001').length);
  expect(some.lost.length).toBeLessThan(all.lost.length);
  const csv = await (await get(`${ITEM}/lost.csv`, 'local')).text();
  for (const { event } of all.lost.filter(({ event }) => !some.lost.some((row) => row.event?.id === event?.id)))
    if (event) expect(csv).not.toContain(event.id);
  const sheet = await sheetOf(await get(`${ITEM}/lost.xlsx`, 'local'));
  expect(sheet.columns.事件编号).toEqual(some.lost.map(({ event }) => event?.id ?? null));
  const draft = (await (await get('/api/v1/quarters/2025Q2/scores', 'local')).json()) as { units: unknown[] };
  expect(draft.units).toEqual([]);
});

test('a wrong parameter is 400 with which and why; a form that is none too', async () => {
  for (const path of [
    '/funnel?week=x',
    '/heat?mode=x',
    '/?quarter=x',
    '/stream?range=7d',
    '/api/v1/funnel?unit=a%20b',
  ]) {
    const response = await get(path, 'office');
    expect([path, response.status]).toEqual([path, 400]);
    expect(await response.text()).toContain(path.slice(path.indexOf('?') + 1).split('=')[0]);
  }
  const post = (body: string, type: string) =>
    fetch(`${dashboard.url}/preferences`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': type, origin: dashboard.url },
      body,
    });
  expect((await post('{"locale":"en"}', 'application/json')).status).toBe(400);
  expect((await post('back=%2Fx%0Ay', 'application/x-www-form-urlencoded')).status).toBe(400);
  expect((await post('back=%2Fheat', 'application/x-www-form-urlencoded')).status).toBe(303);
});

test('every answer carries the headers and a request id, refusals of the framework too; the log has them all', async () => {
  const token = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0-_x';
  const crossSite = await fetch(`${dashboard.url}/sign-out`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
  });
  const answers = [
    crossSite,
    await get('/'),
    await get('/nowhere', 'office'),
    await get(`//sign-in/${token}`),
    await get(`/x?back=/sign-in/${token}`),
    await get('/stream/rejects', 'unit'),
    await get('/funnel?week=x', 'office'),
    await get(ITEM, 'leader'),
  ];
  expect(crossSite.status).toBe(403);
  const rows = () =>
    dashboard.warehouse.query<{ request_id: string; account: string; address: string; path: string; status: number }>(
      'SELECT toString(request_id) AS request_id, account, address, path, status FROM access_log',
    );
  const ids = answers.map(({ headers }) => {
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    return headers.get('x-request-id');
  });
  await expect
    .poll(async () => (await rows()).filter(({ request_id }) => ids.includes(request_id)).length, { timeout: 20_000 })
    .toBe(answers.length);
  const logged = await rows();
  expect(JSON.stringify(logged)).not.toContain(token);
  expect(logged.find(({ request_id }) => request_id === ids.at(-1))).toMatchObject({
    account: 'leader',
    address: '127.0.0.1',
    path: ITEM,
    status: 200,
  });
});

test('signed out everywhere, an account is nobody', async () => {
  await dashboard.signIn('gone', 'office');
  expect((await get(ITEM, 'gone')).status).toBe(200);
  await signOutEverywhere(dashboard.warehouse, 'gone');
  expect((await get(ITEM, 'gone')).status).toBe(401);
});

test.each(['/sign-in/x', '/entries/marks', '/objections?/answer', '/draws?/plan'])(
  'a form that cannot be read is a wrong request, not a fault of ours: %s',
  async (path) => {
    expect((await dashboard.post(path, 'office', 'x', 'multipart/form-data; boundary=a')).status).toBe(400);
  },
);

test('an office account of one unit answers no objection, not even to its own unit', async () => {
  await dashboard.signIn('half', 'office', ['scjg']);
  const form = 'id=2025Q1-scjg-claim-000000&outcome=upheld&reason=x';
  expect((await dashboard.post('/objections?/answer', 'half', form)).status).toBe(403);
  expect((await dashboard.post('/objections?/answer', 'office', form)).status).not.toBe(403);
});
