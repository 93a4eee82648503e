/** An office account that is limited to units: on a running dashboard it enters nothing about others, by no form. */
import { loadProject } from '@hengjian/models';
import { FORM_SOURCE } from '@hengjian/models/queries/read-entries.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

const OWN = 'scjg';
const OTHER = 'czj';
let dashboard: SignedInDashboard;
/** A push of the other unit, and one of its own. */
const other = { source: 'https://registry.example/pushes', id: 'e-other', push: 'P-other' };
const own = { ...other, id: 'e-own', push: 'P-own' };

async function fill(warehouse: Warehouse): Promise<void> {
  await loadEvents(
    warehouse,
    [other, own].map(({ source, id, push }) => ({
      source,
      id,
      type: 'registration.pushed',
      // One that waits still: of the last quarters pages show what is open.
      time: new Date(Date.now() - 86_400_000).toISOString(),
      department: push === own.push ? OWN : OTHER,
      subject: '91320100MA1XYWG030',
      data: { push_id: push, bucket: 'licensed', matters: [] },
    })),
  );
  await refresh(warehouse, loadProject());
}

beforeAll(async () => {
  dashboard = await signedInDashboard({ name: 'limited-office', fill });
  await dashboard.signIn('limited', 'office', [OWN]);
}, 600_000);
afterAll(() => dashboard?.close());

const entered = () =>
  dashboard.warehouse.query<{ type: string; id: string; isNow: number }>(
    `SELECT CAST(type AS String) AS type, id, abs(dateDiff('minute', time, recorded_at)) < 60 AS isNow FROM events
     WHERE source = {source:String} ORDER BY recorded_at`,
    { source: FORM_SOURCE },
  );
const send = async (address: string, fields: [string, string][]) => {
  const answer = await dashboard.post(address, 'limited', new URLSearchParams(fields).toString());
  await answer.body?.cancel();
  return `${answer.status} ${answer.headers.get('location') ?? ''}`;
};
const MEETING: [string, string][] = [
  ['title', '例会'],
  ['held_on', '2025-06-03'],
];
const MATERIAL: [string, string][] = [
  ['title', '总结'],
  ['asked_on', '2025-06-03'],
  ['due_on', '2025-06-10'],
];
const OUTAGE: [string, string][] = [
  ['from', '2025-06-03'],
  ['to', '2025-06-03'],
  ['reason', '断电'],
];

const voiding = ({ source, id }: { source: string; id: string }): [string, string][] => [
  ['event_source', source],
  ['event_id', id],
  ['reason', 'x'],
];

/** Of each form what it is sent about another unit. */
const FORMS: [string, () => [string, string][]][] = [
  [
    '/entries/marks',
    () => [
      ['quarter', '2025Q2'],
      ['item', 'dr_single'],
      ['unit', OTHER],
      ['points', '1'],
      ['reason', 'x'],
      ['approver', 'y'],
    ],
  ],
  ['/entries/meetings?/meeting', () => [...MEETING, ['required', OTHER]]],
  ['/entries/meetings?/meeting', () => [...MEETING, ['required', OWN], ['required', OTHER]]],
  ['/entries/materials?/due', () => [...MATERIAL, ['required', OTHER]]],
  [
    '/entries/materials?/submitted',
    () => [
      ['unit', OTHER],
      ['obligation_id', 'x'],
    ],
  ],
  ['/entries/outages', () => [...OUTAGE, ['units', OTHER]]],
  ['/entries/outages', () => OUTAGE],
  ['/entries/voids', () => voiding(other)],
  // Of its unit, and done to it by others: unclaimed, it costs points.
  ['/entries/voids', () => voiding(own)],
  ['/entries/pushes?/claim', () => [['push_id', other.push]]],
  [
    '/entries/lists?/zero',
    () => [
      ['unit', OTHER],
      ['quarter', '2025Q2'],
      ['kind', 'licence'],
      ['sure', 'yes'],
    ],
  ],
];

test.each(FORMS)('%s: nothing is entered about another unit', async (address, fields) => {
  expect(await send(address, fields())).toMatch(/^400/);
  expect(await entered()).toEqual([]);
});

test('about its own unit the same forms are taken', async () => {
  expect(await send('/entries/outages', [...OUTAGE, ['units', OWN]])).toMatch(/^303 .*recorded=outage/);
  expect(await send('/entries/meetings?/meeting', [...MEETING, ['required', OWN]])).toMatch(/^303 .*recorded=meeting/);
  expect(await send('/entries/materials?/due', [...MATERIAL, ['required', OWN]])).toMatch(/^303 .*recorded=due/);
  expect(await send('/entries/pushes?/claim', [['push_id', own.push]])).toMatch(/^303 .*recorded=claim/);
  expect((await entered()).map(({ type }) => type)).toEqual([
    'outage.declared',
    'meeting.held',
    'material.due',
    'push.claimed',
  ]);
});

test('what would count before a cut-off that is past counts from now, and what forms entered for its unit it takes back', async () => {
  expect((await entered()).filter(({ type }) => type === 'outage.declared')).toMatchObject([{ isNow: 1 }]);
  const page = await dashboard.get(
    `/entries/voids?${new URLSearchParams({ event: own.id, source: own.source })}`,
    'limited',
  );
  expect(await page.text()).toMatch(/本账号限于本单位，只能作废/);
  const [outage] = await entered();
  const address = '/entries/voids';
  expect(await send(address, voiding({ source: FORM_SOURCE, id: outage!.id }))).toMatch(/^303 .*recorded=void/);
  expect((await entered()).at(-1)).toMatchObject({ type: 'event.voided', isNow: 1 });
});
