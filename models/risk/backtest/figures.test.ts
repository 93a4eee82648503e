import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierScore } from './brier-score.ts';
import { daysEarlier } from './days-earlier.ts';
import { effectiveWilsonInterval } from './effective-wilson-interval.ts';
import { rankCorrelation } from './rank-correlation.ts';
import { scoreDrift, stabilityIndex } from './score-drift.ts';
import { scoreGroups } from './score-groups.ts';

const row = fc.record({
  y: fc.integer({ min: 0, max: 1 }),
  s: fc.integer({ min: 1, max: 9 }).map((v) => v / 10),
  day: fc.integer({ min: 0, max: 20 }),
  w: fc.integer({ min: 1, max: 4 }),
});
const rowsOf = fc.array(row, { minLength: 3, maxLength: 60 }).filter((rows) => rows.some(({ y }) => y === 1));
type Row = { y: number; s: number; day: number; w: number };
const pick = (rows: readonly Row[], key: keyof Row) => rows.map((entry) => entry[key]);

describe('scoreGroups', () => {
  it('gives lift and capture of ten rows by hand', () => {
    const score = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05];
    const groups = scoreGroups([1, 1, 0, 1, 0, 0, 0, 0, 0, 1], score, undefined, 5);
    expect(groups.map(({ hits }) => hits)).toEqual([2, 1, 0, 0, 1]);
    expect(groups.map(({ lift }) => lift)).toEqual([2.5, 1.25, 0, 0, 1.25]);
    expect(groups.map(({ capture }) => capture)).toEqual([0.5, 0.75, 0.75, 0.75, 1]);
    expect(groups[0]!.meanScore).toBeCloseTo(0.85, 12);
  });

  it('speaks of the inspected without weights, of the population with inverse inclusion probabilities', () => {
    // Findings 1/16, 3/21, 8/33, 12/30 in tiers A–D: raw hit rate 24.0 %, raw lift of D 1.67.
    const tiers = [
      { hits: 1, n: 16, score: 1 },
      { hits: 3, n: 21, score: 2 },
      { hits: 8, n: 33, score: 3 },
      { hits: 12, n: 30, score: 4 },
    ];
    const y = tiers.flatMap(({ hits, n }) => Array.from({ length: n }, (_, i) => Number(i < hits)));
    const score = tiers.flatMap(({ n, score: s }) => Array<number>(n).fill(s));
    const [top] = scoreGroups(y, score, undefined, 10);
    expect(top!.rate).toBeCloseTo(0.4, 12);
    expect(top!.lift.toFixed(2)).toBe('1.67');
    const weights = score.map((s) => [100, 50, 10, 2][s - 1]!);
    const base = (100 * 1 + 50 * 3 + 10 * 8 + 2 * 12) / (1600 + 1050 + 330 + 60);
    const weighted = scoreGroups(y, score, weights, 10);
    expect(weighted[0]!.hits).toBeGreaterThan(12);
    expect(weighted.reduce((sum, { rate }) => sum + rate / 10, 0)).toBeCloseTo(base, 12);
  });

  it('loses nothing, ends at a capture of 1 and does not depend on the order of rows', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const groups = scoreGroups(pick(rows, 'y'), pick(rows, 's'), pick(rows, 'w'));
        expect(groups.reduce((sum, { n }) => sum + n, 0)).toBeCloseTo(rows.length, 9);
        expect(groups.reduce((sum, { hits }) => sum + hits, 0)).toBeCloseTo(rows.filter(({ y }) => y === 1).length, 9);
        expect(groups.at(-1)!.capture).toBeCloseTo(1, 9);
        expect(groups.reduce((sum, { lift }) => sum + lift / 10, 0)).toBeCloseTo(1, 9);
        const turned = rows.toReversed();
        const again = scoreGroups(pick(turned, 'y'), pick(turned, 's'), pick(turned, 'w'));
        for (const [k, group] of groups.entries()) expect(again[k]!.rate).toBeCloseTo(group.rate, 9);
      }),
    );
  });
});

describe('daysEarlier', () => {
  it('moves the risky ones to the first days', () => {
    // Two a day: the two violations of day 9 come to day 0.
    const found = daysEarlier([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], [0, 0, 9, 9])!;
    expect(found).toMatchObject({ mean: 9, median: 9, violations: 2, earlier: 2, later: 0 });
    expect(found.firstHalf).toEqual({ actual: 0, reordered: 1 });
    expect(daysEarlier([0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1], [0, 0, 9, 9])!.mean).toBe(0);
    expect(daysEarlier([0], [0.5], [3])).toBeUndefined();
  });

  it('gains nothing by one score for all: each violation waits for the mean day', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const day = pick(rows, 'day');
        const mean = day.reduce((sum, d) => sum + d, 0) / day.length;
        const hits = rows.filter(({ y }) => y === 1);
        const expected = hits.reduce((sum, hit) => sum + hit.day - mean, 0) / hits.length;
        const constant = daysEarlier(pick(rows, 'y'), Array<number>(rows.length).fill(0.3), day)!;
        expect(constant.mean).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('uses each day exactly as often as it was used, in whatever order the rows come', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const all = rows.map((entry) => ({ ...entry, y: 1 }));
        // Over all rows, moving days around moves none of them on average.
        expect(daysEarlier(pick(all, 'y'), pick(all, 's'), pick(all, 'day'))!.mean).toBeCloseTo(0, 9);
        const turned = rows.toReversed();
        const [a, b] = [rows, turned].map((r) => daysEarlier(pick(r, 'y'), pick(r, 's'), pick(r, 'day'))!);
        expect(b!.mean).toBeCloseTo(a!.mean, 9);
        expect(b!.firstHalf.reordered).toBeCloseTo(a!.firstHalf.reordered, 9);
      }),
    );
  });
});

describe('brierScore', () => {
  it('is Brier (1950) by hand', () => {
    const score = brierScore([1, 0, 1, 0], [0.8, 0.4, 0.6, 0]);
    expect(score.value).toBeCloseTo((0.04 + 0.16 + 0.16 + 0) / 4, 12);
    expect(score.reference).toBe(0.25);
    expect(score.skill).toBeCloseTo(1 - 0.09 / 0.25, 12);
    expect(brierScore([1, 1], [0.5, 0.5]).skill).toBeUndefined();
  });
});

describe('effectiveWilsonInterval', () => {
  it('is Wilson (Newcombe 1998, table I: 81/263 gives 0.2553–0.3662) for whole numbers, and between them for others', () => {
    const whole = effectiveWilsonInterval(81 / 263, 263)!;
    expect([whole.low.toFixed(4), whole.high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
    const fewer = effectiveWilsonInterval(81 / 263, 200.5)!;
    expect(fewer.low).toBeLessThan(whole.low);
    expect(fewer.high).toBeGreaterThan(whole.high);
    expect(effectiveWilsonInterval(0, 10)!.low).toBe(0);
    expect(effectiveWilsonInterval(0.5, 0)).toBeUndefined();
  });
});

describe('rankCorrelation', () => {
  it('is right with ties, where ClickHouse 26.7 says −0.125', () => {
    expect(rankCorrelation([1, 1, 2], [1, 2, 1])!.rho).toBeCloseTo(-0.5, 12);
    expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 40])).toEqual({ rho: 1, z: Math.sqrt(3) });
    expect(rankCorrelation([1, 1], [1, 2])).toBeUndefined();
  });
});

describe('scoreDrift', () => {
  it('keeps months apart', () => {
    const day = ['2014-03-31', '2014-04-01', '2014-04-02'].map((text) => Date.parse(text) / 86_400_000);
    const months = scoreDrift([1, 0, 1], [0.5, 0.2, 0.4], day);
    expect(months.map(({ month, n, hits }) => [month, n, hits])).toEqual([
      ['2014-03', 1, 1],
      ['2014-04', 2, 1],
    ]);
    expect(months[0]!.auc).toBeUndefined();
    expect(months[1]!.auc!.value).toBe(1);
    expect(months[1]!.expected).toBeCloseTo(0.3, 12);
  });

  it('measures how far scores moved', () => {
    const scores = Array.from({ length: 100 }, (_, i) => i / 100);
    expect(stabilityIndex(scores, scores)).toBeCloseTo(0, 12);
    expect(
      stabilityIndex(
        scores,
        scores.map((s) => s / 2),
      ),
    ).toBeGreaterThan(0.25);
  });
});
