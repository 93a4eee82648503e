import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucDelong, aucDifference } from './auc-delong.ts';

const asah = readFileSync(`${import.meta.dirname}/testing/asah.csv`, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number));
const column = (k: number) => asah.map((row) => row[k]!);
const [outcome, wfns, s100b, ndka] = [0, 1, 2, 3].map(column) as [number[], number[], number[], number[]];

describe('aucDelong', () => {
  it('gives the figures of pROC for aSAH (Robin et al., BMC Bioinformatics 12 (2011) 77)', () => {
    const s = aucDelong(outcome, s100b)!;
    expect([s.value, s.low, s.high].map((v) => v.toFixed(4))).toEqual(['0.7314', '0.6301', '0.8326']);
    const w = aucDelong(outcome, wfns)!;
    expect([w.value, w.low, w.high].map((v) => v.toFixed(4))).toEqual(['0.8237', '0.7485', '0.8988']);
    expect(aucDelong(outcome, ndka)!.value.toFixed(4)).toBe('0.6120');
  });

  it('gives the published test of the difference: Z = 2.209 for wfns against s100b', () => {
    const difference = aucDifference(outcome, wfns, s100b)!;
    expect(difference.z.toFixed(3)).toBe('2.209');
    expect(difference.value).toBeCloseTo(0.8236789 - 0.7313686, 6);
    expect(aucDifference(outcome, s100b, s100b)).toBeUndefined();
  });

  it('counts ties as half, and says nothing of one class', () => {
    expect(aucDelong([0, 0, 1, 1], [1, 2, 2, 3])!.value).toBe(0.875);
    expect(aucDelong([0, 1], [5, 5])!.value).toBe(0.5);
    expect(aucDelong([1, 1], [1, 2])).toBeUndefined();
    expect(aucDelong([], [])).toBeUndefined();
  });

  const row = fc.record({
    y: fc.integer({ min: 0, max: 1 }),
    s: fc.integer({ min: 0, max: 6 }),
    w: fc.integer({ min: 1, max: 5 }),
  });

  it('equals the count over all pairs, weights as repeated rows', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        let won = 0;
        let pairs = 0;
        for (const a of rows)
          for (const b of rows)
            if (a.y === 1 && b.y === 0) {
              pairs += a.w * b.w;
              won += a.w * b.w * (a.s > b.s ? 1 : a.s === b.s ? 0.5 : 0);
            }
        const auc = aucDelong(
          rows.map(({ y }) => y),
          rows.map(({ s }) => s),
          rows.map(({ w }) => w),
        );
        if (pairs === 0) expect(auc).toBeUndefined();
        else expect(auc!.value).toBeCloseTo(won / pairs, 12);
      }),
    );
  });

  it('has the variance of DeLong, whatever the scale of equal weights', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (rows, w) => {
        const y = rows.map((r) => r.y);
        const s = rows.map((r) => r.s);
        const positive = rows.filter((r) => r.y === 1);
        const negative = rows.filter((r) => r.y === 0);
        if (positive.length < 2 || negative.length < 2) return;
        const psi = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0);
        const mean = (values: number[]) => values.reduce((t, v) => t + v, 0) / values.length;
        const variance = (values: number[]) =>
          values.reduce((t, v) => t + (v - mean(values)) ** 2, 0) / (values.length - 1) / values.length;
        const v10 = positive.map((p) => mean(negative.map((n) => psi(p.s, n.s))));
        const v01 = negative.map((n) => mean(positive.map((p) => psi(p.s, n.s))));
        const expected = Math.sqrt(variance(v10) + variance(v01));
        expect(
          aucDelong(
            y,
            s,
            rows.map(() => w),
          )!.standardError,
        ).toBeCloseTo(expected, 12);
      }),
    );
  });
});
