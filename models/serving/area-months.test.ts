import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePeriod } from '../calendar/period.ts';
import { loadProject } from '../runner/project.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary?.close());

const SUBJECTS = ['91320600MA1DEM015E', '91320671MA20DEM26Y'];

/** Of one subject at one moment under one id, by two systems; the log is sorted by department, so each comes first once. */
const twice = SUBJECTS.flatMap((subject, n) =>
  ['a', 'b'].map(
    (source): TestEvent => ({
      source,
      id: `r${n}`,
      type: 'entity.registered',
      time: '2025-02-10T09:00:00+08:00',
      department: (source === 'a') === (n === 0) ? 'scjg' : 'xzsp',
      region: source === 'a' ? '320601' : '320602',
      subject,
      data: { registered_on: '2025-02-10' },
    }),
  ),
);

it('takes the home of a subject from the last registration, of two at one moment always from the same', async () => {
  await loadEvents(temporary.warehouse, twice);
  const built = await buildWhatIf(temporary.warehouse, loadProject(), parsePeriod('2025Q1')!, {
    marts: ['serving_area_months'],
  });
  try {
    const rows = await built.warehouse.query<{ area: string; events: number }>(
      "SELECT area, events FROM serving_area_months WHERE measure = 'active'",
    );
    expect(rows).toEqual([{ area: '320602', events: SUBJECTS.length }]);
  } finally {
    await built.drop();
  }
});
