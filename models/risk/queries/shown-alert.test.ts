/** An alert of another system: what people wrote about it is shown without numbers of persons to who may not see persons. */
import type { Role, Scope } from '@hengjian/contract/scope.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { readRiskAlerts } from './read-risk-alerts.ts';

const MOBILE = '13812345678';
const scope = (role: Role): Scope => ({ account: 'a', roles: [role], units: 'all', areas: 'all' });
const event = (type: string, day: string, department: string, data: TestEvent['data']): TestEvent => ({
  ...{ id: type, source: 's', type, time: `${day}T10:00:00+08:00`, department },
  data: { alert_id: 'a-1', ...data },
});

test('neither its topic nor what was said when it was given and disposed of', async () => {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    await loadEvents(warehouse, [
      event('risk.alert_raised', '2025-06-03', 'scjg', { topic: `举报人${MOBILE}` }),
      event('risk.alert_assigned', '2025-06-04', 'office', {
        unit: 'scjg',
        due_on: '2025-06-20',
        text: `联系${MOBILE}`,
      }),
      event('risk.alert_disposed', '2025-06-05', 'scjg', { text: `已联系${MOBILE}` }),
    ]);
    const [office] = await readRiskAlerts(warehouse, scope('office'), { limit: 1 });
    const [leader] = await readRiskAlerts(warehouse, scope('leader'), { limit: 1 });
    expect([office!.state, office!.unit, office!.due_on]).toEqual(['disposed', 'scjg', '2025-06-20']);
    expect(JSON.stringify(office).split(MOBILE)).toHaveLength(4);
    expect([leader!.topic, ...leader!.acts.map(({ text }) => text)]).toEqual(['举报人***', '联系***', '已联系***']);
    expect(JSON.stringify(leader)).not.toContain(MOBILE);
  } finally {
    await close();
  }
});
