import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { loadIndicators } from './indicators/load-indicators.ts';
import { refreshRisk } from './refresh-risk.ts';
import { parseMonth } from './risk-month.ts';

const event = (n: number, type: string, day: string, subject: string, data: object, region = ''): TestEvent => ({
  id: `e${n}`,
  source: 's',
  type,
  time: `${day}T10:00:00+08:00`,
  department: 'scjg',
  subject,
  region,
  data: data as Record<string, unknown>,
});
describe('try', () => {
  let temporary: TemporaryWarehouse;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());
  it('x', async () => {
    await loadEvents(temporary.warehouse, [
      event(
        1,
        'entity.registered',
        '2020-01-02',
        'S1',
        { name: '甲', kind: 'enterprise', industry: 'H62', registered_on: '2020-01-02' },
        '320671',
      ),
      event(2, 'penalty.entered', '2025-03-02', 'S1', {
        doc_no: 'D1',
        decided_on: '2025-03-01',
        procedure: 'general',
        kind: 'x',
        amount: 200000,
      }),
      event(3, 'blacklist.listed', '2025-03-02', 'S1', { reason: 'x', decided_on: '2025-03-01' }),
      event(4, 'risk.scored', '2025-03-02', 'S1', { tier: 'B' }),
    ]);
    console.log(await refreshRisk(temporary.warehouse, loadIndicators(), { months: [parseMonth('2025-03')!] }));
    console.log(JSON.stringify(await temporary.warehouse.query('SELECT * FROM risk_reasons'), null, 1));
    console.log(JSON.stringify(await temporary.warehouse.query('SELECT * FROM risk_tiers')));
    expect(await refreshRisk(temporary.warehouse, loadIndicators(), { months: [] })).toEqual([]);
  });
});
