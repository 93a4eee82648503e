import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { parsePeriod } from '../calendar/period.ts';
import { loadProject } from '../runner/project.ts';
import { restateFacts } from '../runner/restate-facts.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { RATE_DISTRICTS } from '../testing/oracle/rates-districts.ts';
import { rateOracle } from '../testing/oracle/rates-oracle.ts';
import { randomRateLog } from '../testing/oracle/rates-random-log.ts';
import { sharedRegions, withRegionsOf } from '../testing/oracle/shared-regions.ts';
import { withLimits, withLimitsOf } from '../testing/oracle/with-limits.ts';
import { inOrder, ratesOf } from '../testing/rates.ts';

const QUARTERS = ['2024Q1', '2025Q1', '2025Q2', '2025-04', '2025'];
const calendar = loadCalendar();

describe('rule sets without points against an independent oracle', () => {
  let temporary: TemporaryWarehouse;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  async function fill(events: readonly TestEvent[]): Promise<void> {
    // Raw events are never removed in life; a log of the same length would pass for the one before.
    await temporary.warehouse.command('TRUNCATE TABLE events');
    await loadEvents(temporary.warehouse, events);
    await restateFacts(temporary.warehouse, 'events');
  }

  const cases = RATE_DISTRICTS.flatMap((district) => [
    { id: district.id, regions: 'regions as in the document', district, runs: 4 },
    { id: district.id, regions: 'several units in one region', district: sharedRegions(district), runs: 2 },
    {
      id: district.id,
      regions: 'limits where the document names none',
      district: withLimits(district),
      runs: 1,
      limited: true,
    },
  ]);
  it.each(cases)(
    'agree on random logs of $id, $regions',
    { timeout: 900_000 },
    async ({ id, district, runs, limited = false }) => {
      const builtin = loadProject({ ruleset: id });
      const own = withRegionsOf(builtin.ruleSet, district);
      const project = { ...builtin, ruleSet: limited ? withLimitsOf(own, district) : own };
      await fc.assert(
        fc.asyncProperty(randomRateLog(district), async (events) => {
          await fill(events);
          for (const quarter of QUARTERS) {
            const built = await buildWhatIf(temporary.warehouse, project, parsePeriod(quarter)!);
            try {
              const expected = rateOracle(district, events, quarter, calendar).map(({ unit, items }) => ({
                unit,
                items: items.map((item) => ({ ...item, lost: inOrder(item.lost) })),
              }));
              expect(await ratesOf(built.warehouse, quarter)).toEqual(expected);
            } finally {
              await built.drop();
            }
          }
        }),
        { numRuns: Number(process.env.ORACLE_RUNS ?? runs), endOnFailure: true },
      );
    },
  );
});
