/** Names and numbers of natural persons on a running dashboard: on no page, in no answer and in no file of who may not see them. */
import type { Role } from '@hengjian/contract/scope.ts';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access } from '../src/lib/server/access.ts';
import { EXPORT_ROUTES } from '../src/lib/server/export-routes.ts';
import { INSPECTOR_NAMES, PERSONS, PLACES, QUARTER, TASK, TRADER_NAMES, TRADERS } from './fill-persons.ts';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

const ROLES: readonly Role[] = ['office', 'leader', 'unit', 'inspector', 'auditor', 'admin'];
/** Nobody of these may see persons (contract/permissions.ts, `persons`). */
const WITHOUT_PERSONS = ['leader', 'admin'];
/** What scjg was told or wrote is no business of these; where the shop is, an inspector must know. */
const ELSEWHERE = ['other', 'inspector'];
/** Whole, for who may see persons, and said so: lists that the import reads back, where a mask would be a correction, and one's own files. */
const AS_STORED = /^\/import\//;

let dashboard: SignedInDashboard;
beforeAll(async () => {
  dashboard = await signedInDashboard(PERSONS);
  for (const role of ROLES) await dashboard.signIn(role, role, role === 'unit' ? ['scjg'] : []);
  await dashboard.signIn('other', 'unit', ['czj']);
}, 600_000);
afterAll(() => dashboard?.close());

const OF: Record<string, string[]> = {
  quarter: [QUARTER],
  unit: ['scjg'],
  item: ['claim', 'dr_single'],
  task: [TASK],
  subject: TRADERS,
  uscc: TRADERS.slice(0, 1),
  job: ['none'],
  place: ['320671001', 'scjg'],
  account: ['office'],
  id: ['00000000-0000-4000-8000-000000000000'],
  layout: ['xk-c'],
  file: ['0'],
};
const FILES: Record<string, string[]> = {
  '/publications/[quarter]/circular/[file]': ['circular.docx', 'circular.xlsx', 'ranking.svg'],
  '/tables/[quarter]/[file]': ['scores.arrow', 'lost.arrow', 'lost.csv'],
  '/publications/tables/[file]': ['chain.arrow', 'chain.csv', 'year.arrow'],
};
/** Searches, and views that an address alone does not open. */
const QUERIES: Record<string, string[]> = {
  '/': ['quarter=2025Q2'],
  '/units/[unit]': ['quarter=2025Q2'],
  '/units/[unit]/[item]': ['quarter=2025Q2', `quarter=2025Q2&q=${encodeURIComponent('小明')}`],
  '/units/[unit]/[item]/objection': ['quarter=2025Q2'],
  '/subjects': [`q=${encodeURIComponent('小明')}`, `q=${TRADERS[0]}`],
  '/draws': ['year=2025'],
  '/draws/[task]': ['', 'detail=1', 'verify=1'],
  '/draws/[task]/proof': [`subject=${TRADERS[0]}`],
  '/entries/voids': ['', 'event=filed', 'event=firm-0', 'event=every-abnormal.listed'],
  '/reconciliation': ['quarter=2025Q2'],
  '/reconciliation/rows.csv': ['quarter=2025Q2'],
  '/reconciliation/rows.arrow': ['quarter=2025Q2'],
  '/objections': ['quarter=2025Q2'],
  '/risk/subjects': ['', 'month=2025-06'],
  '/publications/year': ['year=2025'],
};
/** Nothing is told there, or the answer does not end. */
const SILENT = /^\/(sign|preferences|forbidden|health|metrics|api\/v1\/updates|draws\/verifier)/;

function addressesOf(route: string): string[] {
  const places = [...route.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!);
  let paths = [route];
  for (const name of places)
    paths = paths.flatMap((path) =>
      ((name === 'file' && FILES[route]) || OF[name]!).map((value) => path.replace(`[${name}]`, value)),
    );
  return paths.flatMap((path) => (QUERIES[route] ?? ['']).map((query) => (query ? `${path}?${query}` : path)));
}

/** All text in an answer, also of what is packed. */
async function textOf(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isPacked = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const parts = isPacked ? Object.values(unzipSync(bytes)) : [bytes];
  return parts
    .map((part) => Buffer.from(part).toString('utf8'))
    .join('\n')
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const NAMES = [...TRADER_NAMES, ...INSPECTOR_NAMES];
const namesIn = (text: string) => NAMES.filter((name) => text.includes(name));
const numbersIn = (text: string) => [...PLACES].filter(([number]) => text.includes(number)).map(([, place]) => place);
const isBusinessOf = (asker: string, place: string) => asker === 'inspector' && place === 'entity.registered address';

/** Who was shown anything at all: else the test would hold for empty pages. */
const shown = { names: new Set<string>(), numbers: new Set<string>() };
const routes = Object.keys(access).filter((route) => !SILENT.test(route));

describe.each(routes)('%s', (route) => {
  const isPage = !EXPORT_ROUTES.includes(route) && !/^\/api|\/(template|proof)|\.\w+$/.test(route);
  const askers = [...ROLES, 'other'];

  test.each(askers)(
    '%s',
    async (asker) => {
      const found: string[] = [];
      for (const address of addressesOf(route))
        for (const path of isPage ? [address, asData(address)] : [address]) {
          const text = await textOf(await dashboard.get(path, asker));
          const [names, numbers] = [namesIn(text), numbersIn(text)];
          for (const name of names) shown.names.add(`${asker} ${name}`);
          for (const place of numbers) shown.numbers.add(`${asker} ${place}`);
          const isFile = EXPORT_ROUTES.includes(route) && !AS_STORED.test(route);
          if (WITHOUT_PERSONS.includes(asker) || isFile) found.push(...names.map((name) => `${path}: ${name}`));
          if (WITHOUT_PERSONS.includes(asker) || ELSEWHERE.includes(asker) || isFile)
            found.push(
              ...numbers.filter((place) => !isBusinessOf(asker, place)).map((place) => `${path}: number of ${place}`),
            );
        }
      expect(found).toEqual([]);
    },
    120_000,
  );
});

const asData = (address: string) => {
  const [path, query] = address.split('?');
  return `${path === '/' ? '' : path}/__data.json${query ? `?${query}` : ''}`;
};

test('who may see them does', () => {
  for (const asker of ['office', 'unit', 'auditor']) {
    expect([...shown.names]).toContain(`${asker} ${TRADER_NAMES[0]}`);
    for (const place of ['score_objection.filed grounds', 'risk.alert_disposed text', 'abnormal.listed reason'])
      expect([...shown.numbers]).toContain(`${asker} ${place}`);
  }
  expect([...shown.names]).toContain(`office ${INSPECTOR_NAMES[0]}`);
  expect([...shown.numbers]).toContain('auditor rejected bytes');
});
