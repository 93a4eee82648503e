import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { usccProblem } from '@hengjian/contract/schema/uscc.ts';
import { loadCalendar } from '@hengjian/models/calendar/load-calendar.ts';
import type { TestEvent } from '@hengjian/models/testing/load-events.ts';
import { RATE_DISTRICTS } from '@hengjian/models/testing/oracle/rates-districts.ts';
import { rateOracle } from '@hengjian/models/testing/oracle/rates-oracle.ts';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { CITY_IDS, type CityId } from './cities.ts';
import { generateCity } from './generate-city.ts';

const QUARTERS = ['2025Q1', '2025Q2'];
const period = { firstQuarter: '2025Q1', until: '2025-07-31' };
const text = (city: CityId, more = {}) => Buffer.concat([...generateCity({ city, ...period, ...more })]).toString();
const events = (city: CityId) =>
  text(city)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TestEvent);

describe.each(CITY_IDS)('%s', (city) => {
  const log = events(city);

  it('sends what the checks let in, each under an id of its own, in order of time', () => {
    const checks = new Map([...eventTypes].map(([type, { data }]) => [type, Compile(data)]));
    for (const { type, subject, data } of log) {
      expect([type, checks.get(type)?.Check(data)]).toEqual([type, true]);
      if (subject) expect(usccProblem(subject)).toBeUndefined();
    }
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    const times = log.map(({ time }) => Date.parse(time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('is the same again, and a later end only appends', () => {
    expect(text(city)).toBe(text(city));
    const early = text(city, { until: '2025-05-15' });
    const since = new Date('2025-05-16T00:00:00+08:00');
    expect(early + text(city, { since })).toBe(text(city));
    expect(text(city, { seed: 'other' })).not.toBe(text(city));
  });

  it('has work for every item, with omissions, lateness where there is a deadline, and things done', () => {
    const district = RATE_DISTRICTS.find(({ id }) => id === city)!;
    const items = QUARTERS.flatMap((quarter) => rateOracle(district, log, quarter, loadCalendar())).flatMap(
      ({ items }) => items,
    );
    for (const { id } of district.items) {
      const of = items.filter(({ item }) => item === id);
      const sum = (count: (one: (typeof of)[number]) => number) => of.reduce((total, one) => total + count(one), 0);
      const done = sum(({ numerator }) => numerator);
      const due = sum(({ denominator }) => denominator);
      expect([id, done > 0, done < due]).toEqual([id, true, true]);
      if (of.some(({ on_time }) => on_time !== null))
        expect([id, sum(({ on_time }) => on_time!) < done]).toEqual([id, true]);
    }
  });
});
