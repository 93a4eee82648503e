/** The random logs hold the cases that they are there for: each of these is in some of them, and changes what comes out. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../../calendar/load-calendar.ts';
import type { TestEvent } from '../load-events.ts';
import { RATE_DISTRICTS, type RateDistrict } from './rates-districts.ts';
import { RateLog } from './rates-log.ts';
import { rateOracle } from './rates-oracle.ts';
import { randomRateLog } from './rates-random-log.ts';
import { sharedRegions } from './shared-regions.ts';

const QUARTER = '2025Q2';
const calendar = loadCalendar();
const cutoff = calendar.addWorkdays('2025-06-30', 7);
const logsOf = (district: RateDistrict) => fc.sample(randomRateLog(district), { numRuns: 40, seed: 15 });

/** The event that a void names. */
const voidedBy = (log: readonly TestEvent[], { data }: TestEvent) =>
  log.find(({ source, id }) => source === data.event_source && id === data.event_id);
const voids = (log: readonly TestEvent[]) => log.filter(({ type }) => type === 'event.voided');
const dayOf = ({ time }: TestEvent) => new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 10);
/** Units with the longest code that covers the region of an event which no unit sent itself. */
function claimants({ units }: RateDistrict, { department, region = '' }: TestEvent): string[] {
  if (units.some(({ id }) => id === department)) return [];
  const found = units.flatMap(({ id, regions }) =>
    regions.filter((code) => region.startsWith(code) && /^\d+$/.test(region)).map((code) => ({ id, code })),
  );
  const longest = Math.max(...found.map(({ code }) => code.length));
  return found.filter(({ code }) => code.length === longest).map(({ id }) => id);
}

const CASES: Record<string, (log: readonly TestEvent[], district: RateDistrict) => boolean> = {
  'a void of a void of something else': (log) =>
    voids(log).some((one) => {
      const named = voidedBy(log, one);
      const last = named?.type === 'event.voided' ? voidedBy(log, named) : undefined;
      return last !== undefined && last.type !== 'event.voided';
    }),
  'voids in a circle': (log) =>
    voids(log).some((one) => {
      let named = voidedBy(log, one);
      for (let steps = 0; named && named !== one && steps < 9; steps++) named = voidedBy(log, named);
      return named === one;
    }),
  'a void of an event of another system': (log) =>
    voids(log).some((one) => one.source !== one.data.event_source && !!voidedBy(log, one)),
  'an event after the cut-off': (log) => log.some((one) => dayOf(one) > cutoff),
  'an outage of a unit on days of the quarter': (log, { units }) =>
    log.some(({ type, data }) => {
      if (type !== 'outage.declared' || String(data.from) > '2025-06-30' || String(data.to) < '2025-04-01')
        return false;
      const out = data.units as string[];
      return out.length === 0 || units.some(({ id }) => out.includes(id));
    }),
  'the same id from two systems': (log) =>
    log.some(({ id, source }) => log.some((other) => other.id === id && other.source !== source)),
  'a region that no unit has': (log, district) =>
    log.some(
      (one) => one.region !== undefined && new RateLog(district, [], QUARTER, calendar).unitOf(one) === undefined,
    ),
  'a day of a year without a notice': (log) =>
    log.some(
      ({ data }) =>
        typeof data.decided_on === 'string' &&
        /^\d{4}-\d\d-\d\d$/.test(data.decided_on) &&
        !calendar.knows(data.decided_on),
    ),
  'two units with the same rate of something': (log, district) =>
    rateOracle(district, log, QUARTER, calendar)
      .flatMap(({ items }) => items)
      .some(
        (one, _, all) =>
          one.numerator > 0 && all.filter(({ item, rank }) => item === one.item && rank === one.rank).length > 1,
      ),
};

describe.each(RATE_DISTRICTS)('$id', (district) => {
  const logs = logsOf(district);

  test.each(Object.entries(CASES))('has %s', (_, holds) => {
    const found = logs.filter((log) => holds(log, district)).length;
    expect(found).toBeGreaterThan(3);
  });

  test('has events of a region that two units have, and of a part of it that a third has', () => {
    const shared = sharedRegions(district);
    const all = logsOf(shared)
      .flat()
      .map((one) => claimants(shared, one));
    const [first, second, third] = shared.units.map(({ id }) => id);
    expect(all.filter((units) => String(units) === String([first, second])).length).toBeGreaterThan(10);
    expect(all.filter((units) => String(units) === String([third])).length).toBeGreaterThan(10);
  });
});
