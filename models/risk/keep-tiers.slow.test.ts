/** What the scheduler does each day: a year of tiers, and the month that ended in the log. */
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { loadIndicators } from './indicators/load-indicators.ts';
import { keepTiers } from './keep-tiers.ts';

let temporary: TemporaryWarehouse;
const set = loadIndicators();
const SUBJECT = '91320600MA1DEM015E';
let serial = 0;
const event = (type: string, day: string, data: Record<string, unknown>): TestEvent => ({
  id: `e${serial++}`,
  source: '/test',
  type,
  time: `${day}T10:00:00+08:00`,
  department: 'scjg',
  region: '320671001',
  subject: SUBJECT,
  data,
});
const keep = (now: string) =>
  keepTiers(temporary.warehouse, { set, write: writeDirectly(temporary.warehouse), now: new Date(now) });
const recorded = () =>
  temporary.warehouse.query<{ type: string; tier: string }>(
    `SELECT toString(type) AS type, JSONExtractString(data, 'tier') AS tier FROM events WHERE source = '/hengjian/risk' ORDER BY time, id`,
  );

beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

test('nothing without a subject; then the months since the first one, and the ended month as events, once', async () => {
  expect(await keep('2025-07-10T00:00:00Z')).toBeUndefined();
  const registered = { name: '示例', kind: 'enterprise', industry: 'F', registered_on: '2025-05-02' };
  await loadEvents(temporary.warehouse, [event('entity.registered', '2025-05-02', registered)]);
  expect(await keep('2025-07-10T00:00:00Z')).toEqual({
    built: ['2025-05', '2025-06', '2025-07'],
    recorded: { month: '2025-06', scored: 1, changed: 0 },
  });
  expect(await keep('2025-07-10T01:00:00Z')).toMatchObject({ recorded: { scored: 0, changed: 0 } });
  expect(await recorded()).toEqual([{ type: 'risk.scored', tier: 'A' }]);
});

test('a month later the change of the ended month follows; a change of the running month waits for its end', async () => {
  await loadEvents(temporary.warehouse, [
    event('blacklist.listed', '2025-07-20', { reason: 'x', decided_on: '2025-07-20' }),
  ]);
  expect(await keep('2025-07-25T00:00:00Z')).toMatchObject({ recorded: { month: '2025-06', scored: 0, changed: 0 } });
  expect(await keep('2025-08-01T00:00:00Z')).toMatchObject({ recorded: { month: '2025-07', scored: 0, changed: 1 } });
  expect(await recorded()).toEqual([
    { type: 'risk.scored', tier: 'A' },
    { type: 'tier.changed', tier: 'D' },
  ]);
});
