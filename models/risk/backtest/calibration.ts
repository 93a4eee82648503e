/**
 * Do predicted probabilities mean what they say on unseen rows?
 *
 * slope and intercept of logit P(y) = a + b · logit(p): b < 1 says that the scores are too extreme (over-fitted).
 * inTheLarge is a with b fixed at 1: below 0 the scores are too high on average.
 * Sources: Cox, Biometrika 45 (1958) 562–565; Steyerberg, Clinical Prediction Models, 2nd ed., §15.3.
 */
import { fitLogistic } from './logistic-regression.ts';

export interface Estimate {
  value: number;
  standardError: number;
}

export interface Calibration {
  slope: Estimate;
  intercept: Estimate;
  inTheLarge: Estimate;
  /** Mean score and mean outcome. */
  expected: number;
  observed: number;
}

/** @returns undefined where the outcomes have one class, or the scores separate them or do not vary */
export function calibration(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Calibration | undefined {
  const outcomes = Float64Array.from(y);
  const logits = Float64Array.from(score, (p) => Math.log(p / (1 - p)));
  if (logits.some((logit) => !Number.isFinite(logit))) return undefined;
  const w = weights ? Float64Array.from(weights) : undefined;
  const line = fitLogistic({ y: outcomes, x: logits, p: 1, weights: w });
  const level = fitLogistic({ y: outcomes, x: new Float64Array(0), p: 0, weights: w, offset: logits });
  if (!line.ok || !level.ok) return undefined;
  return {
    slope: { value: line.fit.coefficients[0]!, standardError: line.fit.standardErrors[1]! },
    intercept: { value: line.fit.intercept, standardError: line.fit.standardErrors[0]! },
    inTheLarge: { value: level.fit.intercept, standardError: level.fit.standardErrors[0]! },
    expected: weightedMean(score, weights),
    observed: weightedMean(y, weights),
  };
}

export function weightedMean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const w = weights?.[i] ?? 1;
    sum += w * values[i]!;
    total += w;
  }
  return sum / total;
}
