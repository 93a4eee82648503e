import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucDelong, aucDifference } from './auc-delong.ts';

interface Figures {
  scores: Record<string, { auc: number; standardError: number }>;
  differences: { first: string; second: string; value: number; z: number }[];
}
const read = (file: string) => readFileSync(`${import.meta.dirname}/testing/${file}`, 'utf8');
/** By scikit-learn and by the definition in exact fractions (testing/delong.py). */
const figures = JSON.parse(read('delong.json')) as Figures;
const rows = parse(read('chicago-excerpt.csv'), { columns: true }) as Record<string, string>[];
const column = (name: string) => rows.map((row) => Number(row[name]));
const found = column('criticalFound');

describe('aucDelong', () => {
  it('gives the AUC of scikit-learn and DeLong’s standard error on real inspections', () => {
    expect(Object.keys(figures.scores)).toHaveLength(3);
    for (const [name, expected] of Object.entries(figures.scores)) {
      const auc = aucDelong(found, column(name))!;
      expect(auc.value).toBeCloseTo(expected.auc, 12);
      expect(auc.standardError).toBeCloseTo(expected.standardError, 12);
      expect(auc.low).toBeCloseTo(expected.auc - 1.959963984540054 * expected.standardError, 9);
    }
  });

  it('gives DeLong’s test of the difference of two scores of the same rows', () => {
    expect(figures.differences).toHaveLength(3);
    for (const { first, second, value, z } of figures.differences) {
      const difference = aucDifference(found, column(first), column(second))!;
      expect(difference.value).toBeCloseTo(value, 12);
      expect(difference.z).toBeCloseTo(z, 9);
    }
    expect(aucDifference(found, column('pastSerious'), column('pastSerious'))).toBeUndefined();
  });

  it('gives the figures that pROC publishes of aSAH: 0.8237, DeLong 0.7485–0.8988', () => {
    // Turck et al., Intensive Care Med. 36 (2010) 107–115: patients by grade 1…5 of the WFNS; Robin et al., BMC Bioinformatics 12:77 (2011).
    const good = [37, 20, 3, 8, 4];
    const poor = [2, 12, 1, 8, 18];
    const grades = [...good, ...poor].map((_, k) => (k % 5) + 1);
    const outcomes = [...good.map(() => 0), ...poor.map(() => 1)];
    const each = (values: number[]) => values.flatMap((value, k) => Array<number>([...good, ...poor][k]!).fill(value));
    const auc = aucDelong(each(outcomes), each(grades))!;
    expect(each(outcomes)).toHaveLength(113);
    expect([auc.value, auc.low, auc.high].map((value) => value.toFixed(4))).toEqual(['0.8237', '0.7485', '0.8988']);
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
