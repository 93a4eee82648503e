import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibration } from './calibration.ts';
import { designErrors } from './design-errors.ts';
import { fitLogistic, type LogisticData, type LogisticFit, sigmoid } from './logistic-regression.ts';

function fitOf(data: LogisticData, penalty = 0): LogisticFit {
  const answer = fitLogistic(data, penalty);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.fit;
}

describe('fitLogistic', () => {
  it("gives R's glm for the beetles of Bliss (Dobson, Generalized Linear Models, table 7.2)", () => {
    const dose = Float64Array.of(1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.861, 1.8839);
    const exposed = Float64Array.of(59, 60, 62, 56, 63, 59, 62, 60);
    const killed = Float64Array.of(6, 13, 18, 28, 52, 53, 61, 60);
    const fit = fitOf({ y: killed.map((k, i) => k / exposed[i]!), x: dose, p: 1, weights: exposed });
    expect(fit.intercept).toBeCloseTo(-60.717, 2);
    expect(fit.coefficients[0]).toBeCloseTo(34.27, 2);
    expect([...fit.standardErrors].map((v) => v.toFixed(2))).toEqual(['5.18', '2.91']);
    const saturated = killed.reduce((sum, k, i) => {
      const share = k / exposed[i]!;
      const part = (p: number) => (p === 0 ? 0 : p * Math.log(p));
      return sum - 2 * exposed[i]! * (part(share) + part(1 - share));
    }, 0);
    expect(fit.deviance - saturated).toBeCloseTo(11.23, 2);
  });

  it("gives R's glm(am ~ wt, binomial, mtcars): 12.040 (4.510), −4.024 (1.436), residual deviance 19.176", () => {
    const wt = [
      2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
      1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
    ];
    const am = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
    const fit = fitOf({ y: Float64Array.from(am), x: Float64Array.from(wt), p: 1 });
    expect(fit.intercept).toBeCloseTo(12.04, 3);
    expect(fit.coefficients[0]).toBeCloseTo(-4.024, 3);
    expect(fit.deviance).toBeCloseTo(19.176, 3);
    // R stops a step earlier, which moves its standard errors in the fourth digit.
    expect(fit.standardErrors[0]).toBeCloseTo(4.51, 2);
    expect(fit.standardErrors[1]).toBeCloseTo(1.436, 2);
  });

  it('gives the ridge fits of scikit-learn, with and without weights', () => {
    const golden = JSON.parse(readFileSync(`${import.meta.dirname}/testing/ridge.json`, 'utf8')) as {
      x: number[][];
      y: number[];
      weights: number[];
      fits: { penalty: number; weighted: boolean; intercept: number; coefficients: number[] }[];
    };
    for (const { penalty, weighted, intercept, coefficients } of golden.fits) {
      const weights = weighted ? Float64Array.from(golden.weights) : undefined;
      const fit = fitOf(
        { y: Float64Array.from(golden.y), x: Float64Array.from(golden.x.flat()), p: 3, weights },
        penalty,
      );
      expect(fit.intercept).toBeCloseTo(intercept, 8);
      for (const [j, value] of coefficients.entries()) expect(fit.coefficients[j]).toBeCloseTo(value, 8);
    }
  });

  it('ends where the gradient of the penalised likelihood is zero', () => {
    const row = fc.tuple(
      fc.integer({ min: 0, max: 1 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.integer({ min: 0, max: 1 }),
    );
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 5, maxLength: 40 }),
        fc.double({ min: 0.001, max: 5, noNaN: true }),
        (rows, penalty) => {
          const y = Float64Array.from(rows, ([outcome]) => outcome);
          if (new Set(y).size < 2) return;
          const { intercept, coefficients } = fitOf(
            { y, x: Float64Array.from(rows.flatMap(([, a, b]) => [a, b])), p: 2 },
            penalty,
          );
          const gradient = [0, 0, 0];
          for (const [outcome, a, b] of rows) {
            const residual = sigmoid(intercept + a * coefficients[0]! + b * coefficients[1]!) - outcome;
            gradient[0]! += residual / rows.length;
            gradient[1]! += (residual * a) / rows.length;
            gradient[2]! += (residual * b) / rows.length;
          }
          expect(gradient[0]).toBeCloseTo(0, 8);
          expect(gradient[1]! + penalty * coefficients[0]!).toBeCloseTo(0, 8);
          expect(gradient[2]! + penalty * coefficients[1]!).toBeCloseTo(0, 8);
        },
      ),
    );
  });

  it('says so where outcomes are separated or columns repeat each other', () => {
    const x = Float64Array.of(1, 2, 3, 4);
    expect(fitLogistic({ y: Float64Array.of(0, 0, 1, 1), x, p: 1 })).toEqual({ ok: false, reason: 'separated' });
    const twice = Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4);
    expect(fitLogistic({ y: Float64Array.of(0, 1, 0, 1), x: twice, p: 2 })).toEqual({ ok: false, reason: 'collinear' });
    expect(fitLogistic({ y: Float64Array.of(0, 1, 0, 1), x: twice, p: 2 }, 0.1).ok).toBe(true);
  });
});

describe('calibration', () => {
  it('has standard errors of the design where weights are 1/π, whatever their scale', () => {
    // Nine in ten of weight 0.1, one in ten of 9.1, two in ten of both with the outcome: √(Σw² p(1−p)) / Σw p(1−p) = 0.2276.
    const weights = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 9.1 : 0.1));
    const y = Float64Array.from(weights, (_, i) => Number(Math.floor(i / 10) % 5 === 0));
    const data = { y, x: new Float64Array(0), p: 0, weights };
    const fit = fitOf(data);
    expect(fit.standardErrors[0]).toBeCloseTo(0.0791, 4);
    expect(designErrors(data, fit)[0]).toBeCloseTo(0.2276, 4);

    const score = Float64Array.from(weights, (_, i) => 0.1 + (i % 7) / 30);
    const found = calibration(y, score, weights)!;
    expect(found.inTheLarge.standardError).toBeGreaterThan(0.2);
    const scaled = calibration(
      y,
      score,
      weights.map((w) => 3 * w),
    )!;
    expect(scaled.slope.standardError).toBeCloseTo(found.slope.standardError, 8);
    expect(scaled.intercept.standardError).toBeCloseTo(found.intercept.standardError, 8);
    const equal = calibration(
      y,
      score,
      weights.map(() => 7),
    )!;
    expect(equal.slope).toEqual(calibration(y, score)!.slope);
  });

  it('finds slope 1 and intercept 0 in the fitted probabilities of the same rows', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => ((i * 37) % 50) / 10);
    const y = Float64Array.from(x, (v, i) => Number((i * 7) % 10 < v * 2));
    const { intercept, coefficients } = fitOf({ y, x, p: 1 });
    const score = x.map((v) => sigmoid(intercept + coefficients[0]! * v));
    const found = calibration(y, score)!;
    expect(found.slope.value).toBeCloseTo(1, 8);
    expect(found.intercept.value).toBeCloseTo(0, 8);
    expect(found.inTheLarge.value).toBeCloseTo(0, 8);
    expect(found.expected).toBeCloseTo(found.observed, 10);
    const extreme = score.map((p) => sigmoid(0.5 + 2 * Math.log(p / (1 - p))));
    const over = calibration(y, extreme)!;
    expect(over.slope.value).toBeCloseTo(0.5, 8);
    expect(over.intercept.value).toBeCloseTo(-0.25, 8);
  });

  it('is the logit of the observed less that of a constant score', () => {
    const y = [1, 0, 0, 0];
    expect(calibration(y, [0.5, 0.5, 0.5, 0.5])).toBeUndefined();
    expect(calibration([0, 0], [0.1, 0.2])).toBeUndefined();
  });
});
