/**
 * Do predicted probabilities mean what they say on unseen rows?
 *
 * slope and intercept of logit P(y) = a + b · logit(p): b < 1 says that the scores are too extreme (over-fitted).
 * inTheLarge is a with b fixed at 1: below 0 the scores are too high on average.
 * Sources: Cox, Biometrika 45 (1958) 562–565; Steyerberg, Clinical Prediction Models, 2nd ed., §15.3.
 */
import { designErrors } from './design-errors.ts';
import { fitLogistic, type LogisticData, type LogisticFit } from './logistic-regression.ts';

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

/**
 * @param weights of the design: 1/π up to a factor
 * @returns undefined where the outcomes have one class, or the scores separate them or do not vary
 */
export function calibration(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Calibration | undefined {
  const outcomes = Float64Array.from(y);
  const logits = Float64Array.from(score, (p) => Math.log(p / (1 - p)));
  if (logits.some((logit) => !Number.isFinite(logit))) return undefined;
  // Equal weights say nothing, whatever their size.
  const w = weights && !isConstant(weights) ? Float64Array.from(weights) : undefined;
  const scaled: LogisticData = { y: outcomes, x: logits, p: 1, weights: w };
  const shifted: LogisticData = { y: outcomes, x: new Float64Array(0), p: 0, weights: w, offset: logits };
  const line = fitLogistic(scaled);
  const level = fitLogistic(shifted);
  if (!line.ok || !level.ok) return undefined;
  const lineErrors = errorsOf(scaled, line.fit);
  return {
    slope: { value: line.fit.coefficients[0]!, standardError: lineErrors[1]! },
    intercept: { value: line.fit.intercept, standardError: lineErrors[0]! },
    inTheLarge: { value: level.fit.intercept, standardError: errorsOf(shifted, level.fit)[0]! },
    expected: weightedMean(score, weights),
    observed: weightedMean(y, weights),
  };
}

function errorsOf(data: LogisticData, fit: LogisticFit): Float64Array {
  return data.weights ? designErrors(data, fit) : fit.standardErrors;
}

function isConstant(weights: ArrayLike<number>): boolean {
  return Array.from(weights).every((weight) => weight === weights[0]);
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
