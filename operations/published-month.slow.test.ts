/** A month of a rule set that keeps months, all the way: shown, contested, answered, published, circulated, corrected, verified. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import { saveAccount } from '@hengjian/dashboard/accounts/account-store.ts';
import { startSession } from '@hengjian/dashboard/accounts/session-store.ts';
import { type RunningDashboard, startDashboard } from '@hengjian/dashboard/server.ts';
import { buildCircular } from '@hengjian/documents';
import { closeQuarter, correctQuarter, latestOf, loadProject, readChain, readPublished } from '@hengjian/models';
import {
  type Acting,
  answerObjection,
  fileObjection,
  showDraft,
} from '@hengjian/models/objections/act-on-objections.ts';
import { DEFAULT_TEXTS } from '@hengjian/models/publication/circulars.ts';
import { readStandings } from '@hengjian/models/publication/read-standings.ts';
import { funnel } from '@hengjian/models/queries/funnel.ts';
import { heatAreaTrend } from '@hengjian/models/queries/heat-area-trend.ts';
import { placeFigures } from '@hengjian/models/queries/places.ts';
import { readUnitHistory } from '@hengjian/models/queries/read-unit-history.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboardParts } from './dashboard-parts.ts';
import { writerWhenNeeded } from './open-event-writer.ts';
import { hengjian } from './testing/front-door.ts';

const MONTH = '2025-05';
const PATIENT = { timeout: 900_000 };
const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-month-'));
const builtin = fileURLToPath(new URL('../models/ruleset/builtin/jieshou.yaml', import.meta.url));
let server: TemporaryWarehouse;

const push = (id: string, type: string, day: string, time = '09:00:00') => ({
  specversion: '1.0',
  id: `${id}-${type}`,
  source: 'https://registry.example/month',
  type,
  time: `${day}T${time}+08:00`,
  department: 'gaj',
  subject: '91320600MA1DEM015E',
  data: { push_id: id, bucket: 'licensed', matters: ['m'] },
});

const project = () => loadProject({ dataDir, ruleset: 'monthly' });
const write: Acting['write'] = (events) =>
  writerWhenNeeded({ environment: { dataDir, ruleset: 'monthly' }, warehouse: async () => server.warehouse }).write(
    events,
    fullRights('test'),
  );
const on = (day: string) => ({
  warehouse: server.warehouse,
  project: project(),
  write,
  by: 'office',
  now: new Date(`${day}T10:00:00+08:00`),
});
const run = async (...args: string[]) => {
  const env = { HENGJIAN_DATA_DIR: dataDir, CLICKHOUSE_URL: server.url, HENGJIAN_RULESET: 'monthly' };
  const { code, stdout, stderr } = await hengjian(args, env);
  expect(code, `${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
};
const stage = async (day: string) =>
  (await readStandings(server.warehouse, EVERYTHING, project(), on(day).now)).find(({ quarter }) => quarter === MONTH)
    ?.stage;

beforeAll(async () => {
  mkdirSync(join(dataDir, 'rulesets'));
  const tables =
    'tables:\n  - { id: key, name: { zh: 重点指标, en: Key indicators }, clause: 003 五(三), items: [claim] }\n';
  const monthly = readFileSync(builtin, 'utf8')
    .replace('id: jieshou', 'id: monthly')
    .replace('parameters:', `periods: [month, quarter, year]\n${tables}parameters:`);
  writeFileSync(join(dataDir, 'rulesets', 'monthly.yaml'), monthly);
  server = await temporaryWarehouse();
  const { rejected } = await write([
    push('P1', 'registration.pushed', '2025-05-12'),
    push('P2', 'registration.pushed', '2025-05-12'),
    push('P1', 'push.claimed', '2025-05-13'),
    {
      ...push('C1', 'complaint.received', '2025-05-20'),
      region: '320671001',
      data: { channel: '12345', topic: '无照经营' },
    },
  ]);
  expect(rejected).toEqual([]);
  await refresh(server.warehouse, project(), { now: on('2025-06-03').now });
}, 600_000);
afterAll(async () => {
  await server?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('its draft is shown, objected to and answered; until then it is not published', PATIENT, async () => {
  await expect(showDraft(on('2025-05-31'), MONTH)).rejects.toThrow(/2025-05 runs until 2025-05-31/);
  await expect(showDraft({ ...on('2025-06-03'), project: loadProject({ dataDir }) }, MONTH)).rejects.toThrow(
    /2025-05 cannot be published under nantong-etdz: it is a month, and this rule set is published by quarter\./,
  );
  expect(await showDraft(on('2025-06-03'), MONTH)).toMatchObject({ quarter: MONTH, plainUntil: '2025-06-10' });
  expect(await stage('2025-06-04')).toBe('window');
  const { objectionId } = await fileObjection(
    on('2025-06-05'),
    { quarter: MONTH, unit: 'gaj', item: 'claim', grounds: '已认领', rows: [{ kind: 'unclaimed', key: 'P2' }] },
    ['gaj'],
  );
  await expect(closeQuarter(on('2025-06-25'), MONTH)).rejects.toThrow(/1 unanswered objection/);
  await answerObjection(on('2025-06-09'), objectionId, 'upheld', '补录后更正');
  expect(await stage('2025-06-25')).toBe('ready');
  expect(JSON.parse(await run('objection', 'list', MONTH, '--json'))).toMatchObject([
    { objection_id: objectionId, quarter: MONTH, state: 'answered', outcome: 'upheld' },
  ]);
});

test(
  'it is published, and a late claim is a correction that names it; both can be computed again',
  PATIENT,
  async () => {
    const { publication } = await closeQuarter(on('2025-06-25'), MONTH);
    expect(publication.record).toMatchObject({ sequence: 1, quarter: MONTH, number: 1, kind: 'published' });
    await expect(correctQuarter(on('2025-06-26'), MONTH, 'x')).rejects.toThrow(/Nothing differs/);
    expect((await write([push('P2', 'push.claimed', '2025-05-14')])).rejected).toEqual([]);
    const { changes } = await correctQuarter(on('2025-06-27'), MONTH, '补录认领');
    const claim = changes.find(({ unit, item }) => unit === 'gaj' && item === 'claim');
    expect([claim?.before?.numerator, claim?.after?.numerator]).toEqual([1, 2]);
    expect(claim?.events.map(({ id }) => id)).toEqual(['P2-push.claimed']);
    expect(await stage('2025-06-27')).toBe('corrected');
    const checks = JSON.parse(await run('verify', MONTH, '--replay', '--json'));
    expect(checks).toMatchObject({ ok: true });
    expect(checks.checks.filter(({ check }: { check: string }) => check === 'scores')).toHaveLength(2);
    expect(JSON.parse(await run('publications', 'show', MONTH, '--number', '1', '--json'))).toMatchObject({
      record: { quarter: MONTH },
      snapshot: { quarter: MONTH },
    });
  },
);

test('its circular and its evidence are written in the words of a month', PATIENT, async () => {
  const word = join(dataDir, 'circular.docx');
  expect(await run('circular', MONTH, '--format', 'docx', '--out', word)).toContain('关于2025年5月市场监管联席会议');
  expect(readFileSync(word).subarray(0, 2).toString()).toBe('PK');
  const newest = latestOf(await readChain(server.warehouse), 'monthly', MONTH)!;
  const { blocks, annexes } = buildCircular(await readPublished(server.warehouse, project(), newest), DEFAULT_TEXTS);
  const text = [...blocks, ...annexes].flatMap((block) => ('text' in block ? [block.text] : [])).join('');
  for (const part of ['草稿于2025年6月3日告知', '提出异议：成立（补录后更正）', '2025年5月指标结果于'])
    expect(text).toContain(part);
  expect(text).not.toContain('酌情评分');
  expect(text).not.toMatch(/季度/);
  const pdf = join(dataDir, 'circular.pdf');
  await run('circular', MONTH, '--format', 'pdf', '--publication', '1', '--out', pdf);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  const pack = join(dataDir, 'evidence.zip');
  expect(await run('evidence', MONTH, 'gaj', '--publication', '1', '--out', pack)).toMatch(
    /evidence\.zip: [1-9]\d* rows/,
  );
  expect(readFileSync(pack).subarray(0, 2).toString()).toBe('PK');
});

test('an event of it counts once on the map of areas, though the published month has it beside the quarter', async () => {
  const { sql, params } = heatAreaTrend(EVERYTHING, { ruleset: 'monthly', area: '320671001', industry: '' });
  const periods = await server.warehouse.query<{ quarter: string }>(
    `SELECT DISTINCT quarter FROM shown_area_months WHERE ruleset = 'monthly' AND measure = 'complaints' ORDER BY quarter`,
  );
  expect(periods.map(({ quarter }) => quarter)).toEqual(['2025', '2025-05', '2025Q2']);
  expect(await server.warehouse.query(sql, params)).toEqual([
    { month: '2025-05-01', measure: 'complaints', events: 1 },
  ]);
});

describe('its pages', () => {
  let dashboard: RunningDashboard;
  let cookie = '';
  beforeAll(async () => {
    // Comes after the month is published: a draft counts it, a closed month does not.
    expect((await write([push('P3', 'registration.pushed', '2025-05-15')])).rejected).toEqual([]);
    await refresh(server.warehouse, project(), { now: on('2025-06-28').now });
    const environment = readEnvironment({
      HENGJIAN_DATA_DIR: dataDir,
      HENGJIAN_RULESET: 'monthly',
      DASHBOARD_PORT: '0',
    });
    const { warehouse, reader } = server;
    dashboard = await startDashboard({
      ...dashboardParts(environment, warehouse),
      ...{ warehouse, reader, environment, logger: pino({ level: 'silent' }) },
    });
    await saveAccount(warehouse, { name: 'o', roles: ['office'], units: [], areas: [], disabled: false }, 'test');
    cookie = `${dashboard.sessionCookie}=${await startSession(warehouse, 'o')}; locale=zh-CN`;
  });
  afterAll(() => dashboard?.stop());
  const get = (path: string) => fetch(dashboard.url + path, { headers: { cookie } });
  const text = async (path: string) => (await get(path)).text();

  test.each(['/funnel', '/heat', '/places', '/loop', '/backfill', '/places/gaj'])('%s', PATIENT, async (page) => {
    const month = await text(`${page}?quarter=${MONTH}`);
    expect(month).toMatch(/<option value="2025-05" selected[^>]*>\s*2025年5月（已更正）/);
    expect(month).toMatch(/<option value="2025">\s*2025年（草稿）/);
    expect(month).not.toContain('本季度');
    const year = await text(`${page}?quarter=2025`);
    expect(year).toMatch(/<span class="tag draft[^>]*>草稿/);
    const wrong = await get(`${page}?quarter=2025-13`);
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('quarter')]);
    expect((await get(`${page}?quarter=2024-05`)).status).toBe(404);
  });

  test('a closed month shows what was published, the quarter beside it what has come since', PATIENT, async () => {
    const pushed = async (quarter: string) => {
      const { sql, params } = funnel(EVERYTHING, { ruleset: 'monthly', quarter, on: '2025-06-28', unit: '' });
      const rows = await server.reader.query<{ pushed: number }>(sql, params);
      return rows.reduce((sum, row) => sum + row.pushed, 0);
    };
    expect([await pushed(MONTH), await pushed('2025Q2'), await pushed('2025')]).toEqual([2, 3, 3]);
    const due = async (quarter: string) => {
      const { sql, params } = placeFigures(EVERYTHING, 'unit', { ruleset: 'monthly', quarter, unit: 'gaj' });
      return (await server.reader.query<{ denominator: number }>(sql, params)).map(({ denominator }) => denominator);
    };
    expect([await due(MONTH), await due('2025Q2')]).toEqual([[2], [3]]);
  });

  test.each(['/api/v1/funnel', '/api/v1/heat/units', '/api/v1/heat/areas'])('%s', async (path) => {
    const answer = await get(`${path}?quarter=${MONTH}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('arrow')]);
    await answer.body?.cancel();
    const wrong = await get(`${path}?quarter=2025-5`);
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringMatching(/quarter.*2025-04/s)]);
    expect((await get(`${path}?quarter=2024-05`)).status).toBe(404);
  });

  test('the past of a unit is that of months beside a month', async () => {
    const history = async (type: 'month' | 'quarter') =>
      (await readUnitHistory(server.reader, EVERYTHING, 'monthly', 'gaj', type)).map(({ quarter }) => quarter);
    expect(await history('quarter')).toEqual(['2025Q2']);
    expect(await history('month')).toEqual(expect.arrayContaining([MONTH]));
    expect((await history('month')).every((id) => id.length === MONTH.length)).toBe(true);
  });
});
