import { weekday } from '@hengjian/models/calendar/day.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceHours } from '../queries/stream-source-hours.ts';
import type { Alert } from './alert.ts';
import { alertThresholds } from './alert-thresholds.ts';
import { describeAlert } from './describe-alert.ts';
import { lagGrowing, lagUnknown, medianSlope, recordsDropped, workersSilent } from './lag-alerts.ts';
import { rejectsShare, unreadableShare, wilsonLower } from './rejects-share.ts';
import { sourceSilence } from './source-silence.ts';

const HOUR = 3_600_000;
/** Monday 2026-03-02 00:00 in Shanghai, in hours since 1970. */
const monday = Date.parse('2026-03-02T00:00:00+08:00') / HOUR;
const isWorkday = (day: string) => weekday(day) !== 0 && weekday(day) !== 6;
const sent = (hours: number[]): SourceHours => ({ source: '/s', last: hours.at(-1)! * HOUR + 59 * 60_000, hours });
/** The hours of `weeks` weeks before that Monday in which a system with these workday hours sends. */
const habit = (daily: readonly number[], weeks = 4, weekend: readonly number[] = []) =>
  Array.from({ length: weeks * 7 }, (_, day) => {
    const of = day % 7 < 5 ? daily : weekend;
    return of.map((hour) => monday - weeks * 168 + day * 24 + hour);
  }).flat();
const at = (hours: number) => new Date((monday + hours) * HOUR);

describe('a silent source', () => {
  const daily = fc
    .uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 2, maxLength: 24 })
    .map((hours) => hours.sort((a, b) => a - b));

  test('one that keeps its hours never alarms: nights and weekends are its habit', () => {
    fc.assert(
      fc.property(daily, fc.double({ min: 0, max: 1, noNaN: true }), (hours, share) => {
        const rows = sent(habit(hours));
        const lastFriday = Math.max(...rows.hours);
        // Any moment until the end of the first hour in which it is due again.
        const due = monday + hours[0]!;
        const moment = lastFriday + 1 + share * (due - lastFriday - 1);
        expect(sourceSilence(rows, new Date(moment * HOUR), isWorkday)).toBeUndefined();
      }),
    );
  });

  test('one that stops is noticed within two of its usual hours, and stays noticed', () => {
    fc.assert(
      fc.property(daily, fc.nat({ max: 4 * 24 }), (hours, later) => {
        const rows = sent(habit(hours));
        const second = hours[1]! + 1;
        expect(sourceSilence(rows, at(second + later), isWorkday)).toMatchObject({
          alert: 'source_silent',
          n: rows.hours.length,
        });
      }),
    );
  });

  test('after a long holiday that the calendar knows it is not missed, without it it would be', () => {
    const rows = sent(habit([9, 10, 11, 14, 15, 16]));
    const wednesday = at(2 * 24 + 9.5);
    expect(sourceSilence(rows, wednesday, (day) => isWorkday(day) && day < '2026-03-02')).toBeUndefined();
    expect(sourceSilence(rows, wednesday, isWorkday)).toBeDefined();
  });

  test('one long outage in the past does not become the habit of a busy source', () => {
    const busy = habit(
      Array.from({ length: 24 }, (_, hour) => hour),
      4,
      Array.from({ length: 24 }, (_, hour) => hour),
    );
    const rows = sent(busy.filter((hour) => hour < monday - 400 || hour > monday - 350));
    expect(sourceSilence(rows, at(2), isWorkday)).toBeDefined();
  });

  test('no habit, no alarm: too few hours or days', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 40 }), (back) => {
        const hours = back.map((hour) => monday - hour).sort((a, b) => a - b);
        const { minHours, minDays } = alertThresholds.source_silent;
        const days = new Set(hours.map((hour) => Math.floor((hour + 8) / 24))).size;
        fc.pre(hours.length < minHours || days < minDays);
        expect(sourceSilence(sent(hours), at(1_000), isWorkday)).toBeUndefined();
      }),
    );
  });
});

describe('rejects above the share', () => {
  const of = (rejects: number, n: number) =>
    rejectsShare({ source: '/s', recent_events: n - rejects, recent_duplicates: 0, recent_rejects: rejects });

  test('only where chance does not explain it', () => {
    expect(of(1, 20)).toBeUndefined();
    expect(of(2, 20)).toMatchObject({ n: 20, rejects: 2, share: 0.1 });
    expect(of(19, 19)).toBeUndefined();
    expect(of(100, 10_000)).toBeUndefined();
    expect(of(150, 10_000)).toBeDefined();
  });

  test('those of no known source are judged by what else came the same way, not by themselves', () => {
    expect(rejectsShare({ source: '', recent_events: 0, recent_duplicates: 0, recent_rejects: 40 })).toBeUndefined();
    // As in a file of 200,000 lines of which one in ten thousand is cut off.
    expect(unreadableShare({ origin: 'district.ndjson', n: 200_000, rejects: 22 })).toBeUndefined();
    expect(unreadableShare({ origin: 'broken-system', n: 30, rejects: 30 })).toMatchObject({
      source: '',
      origin: 'broken-system',
      share: 1,
    });
  });

  test('the bound lies between 0 and the share, and rises with the hits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(), (n, some) => {
        const hits = some % n;
        const bound = wilsonLower(hits, n, 1.96);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(hits / n + 1e-12);
        expect(wilsonLower(hits + 1, n, 1.96)).toBeGreaterThan(bound);
      }),
    );
    // Brown, Cai, DasGupta 2001: 1 of 20 → 0.0089.
    expect(wilsonLower(1, 20, 1.96)).toBeCloseTo(0.0089, 4);
  });
});

describe('lag', () => {
  const minute = 60_000;
  const looks = (lags: number[]) =>
    lags.map((lag, index) => ({ at: index * minute, lag, log_end: 5_000 * index + lag, stored: 5_000 * index }));

  test('growing over ten minutes is told with both rates; a burst that is worked off is not', () => {
    const growing = looks([0, 0, 500, ...Array.from({ length: 12 }, (_, n) => 2_000 + 300 * n)]);
    expect(lagGrowing('t', growing)).toMatchObject({
      lag: 5_300,
      growth: 300,
      stored: 5_000,
      produced: 5_300,
      since: new Date(3 * minute).toISOString(),
    });
    expect(
      lagGrowing('t', looks([0, 0, 0, 90_000, 80_000, 70_000, 60_000, 50_000, 40_000, 30_000, 20_000])),
    ).toBeUndefined();
    expect(lagGrowing('t', looks(Array.from({ length: 11 }, (_, n) => n * 50)))).toBeUndefined();
    expect(lagGrowing('t', growing.slice(0, 6))).toBeUndefined();
    expect(lagGrowing('t', [])).toBeUndefined();
  });

  test('a lag that never falls for ten minutes is always told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 10, maxLength: 10 }), (steps) => {
        let lag = 1_000;
        const rising = looks([lag, ...steps.map((step) => (lag += step))]);
        expect(lagGrowing('t', rising)).toMatchObject({ lag });
      }),
    );
  });

  test('the median slope is that of a line, whatever one wild point says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99, max: 99 }),
        fc.nat({ max: 9 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        (slope, wild, y) => {
          const points = Array.from({ length: 10 }, (_, x) => ({ x, y: x === wild ? y : 7 + slope * x }));
          expect(medianSlope(points)).toBeCloseTo(slope, 6);
        },
      ),
    );
  });

  const standing = (more: object) => ({
    part: 0,
    lag: 10,
    dropped: 0,
    noted: at(1).toISOString(),
    stuck_since: at(0.5).toISOString(),
    ...more,
  });

  test('partitions that stand still for two minutes are told, all or some', () => {
    expect(workersSilent('t', [standing({}), standing({ part: 1, lag: 5 })])).toMatchObject({
      n: 2,
      lag: 15,
      all: true,
    });
    expect(
      workersSilent('t', [standing({}), standing({ part: 1, stuck_since: at(0.999).toISOString() })]),
    ).toMatchObject({ partitions: [0], all: false });
    expect(workersSilent('t', [standing({ lag: 0, stuck_since: null })])).toBeUndefined();
  });

  test('nobody looks; dropped records', () => {
    expect(lagUnknown('t', [], at(0))).toMatchObject({ since: null });
    expect(lagUnknown('t', [standing({})], at(1.01))).toBeUndefined();
    expect(lagUnknown('t', [standing({})], at(1.1))).toMatchObject({ since: at(1).toISOString() });
    expect(recordsDropped('t', [standing({}), standing({ part: 3, dropped: 7 })])).toMatchObject({
      n: 7,
      partitions: [3],
    });
    expect(recordsDropped('t', [standing({})])).toBeUndefined();
  });
});

test('every alert is three sentences in both languages, without holes', () => {
  const alerts: Alert[] = [
    sourceSilence(sent(habit([9, 10, 11])), at(12), isWorkday)!,
    rejectsShare({ source: '/s', recent_events: 0, recent_duplicates: 0, recent_rejects: 40 })!,
    unreadableShare({ origin: 'old.ndjson', n: 40, rejects: 40 })!,
    {
      alert: 'lag_growing',
      topic: 't',
      since: at(0).toISOString(),
      n: 10,
      lag: 5_000,
      produced: 7,
      stored: 3,
      growth: 4,
    },
    { alert: 'workers_silent', topic: 't', since: at(0).toISOString(), n: 2, partitions: [0, 1], lag: 9, all: true },
    { alert: 'workers_silent', topic: 't', since: at(0).toISOString(), n: 1, partitions: [1], lag: 9, all: false },
    { alert: 'lag_unknown', topic: 't', since: null, n: 0 },
    { alert: 'records_dropped', topic: 't', since: null, n: 3, partitions: [2] },
  ];
  for (const alert of alerts) {
    for (const language of ['zh-CN', 'en'] as const) {
      const { what, why, todo } = describeAlert(alert, language, at(2));
      for (const text of [what, why, todo]) {
        expect(text).toMatch(language === 'en' ? /^[\x20-\x7e]+[.)]$/ : /[一-龥].*[。）]$/);
        expect(text).not.toMatch(/undefined|null|NaN/);
      }
    }
  }
});
