import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { parseQuarter } from '../calendar/quarter.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import type { Reading as OracleReading } from '../testing/oracle/district.ts';
import { oracleScores } from '../testing/oracle/score-oracle.ts';
import { rankRange } from './rank-range.ts';
import { allReadings } from './readings.ts';

describe('rankRange', () => {
  let temporary: TemporaryWarehouse;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  it('scores every admissible reading as the oracle does', async () => {
    const events = [...goldenG1(), ...goldenG2()];
    const project = loadProject();
    await loadEvents(temporary.warehouse, events);
    await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
    const range = await rankRange(temporary.warehouse, project, parseQuarter('2025Q2')!);
    expect(range.readings).toBe(1536);
    expect(range.units).toHaveLength(14);
    const xzsp = range.units.find(({ unit }) => unit === 'xzsp')!;
    expect(xzsp.best).toBeLessThanOrEqual(xzsp.worst);
    // Every 61st covers each value of each parameter.
    const some = allReadings().filter((_, i) => i % 61 === 0);
    for (const reading of some) {
      const totals = range.totals(reading);
      for (const { unit, total } of oracleScores(events, '2025Q2', loadCalendar(), reading as unknown as OracleReading))
        expect([reading, unit, totals.get(unit)!.toFraction()]).toEqual([reading, unit, total.toString()]);
    }
  });
});
