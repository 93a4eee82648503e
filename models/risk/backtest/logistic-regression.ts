/**
 * Logistic regression with a ridge penalty, fitted by iteratively reweighted least squares (Newton's method).
 *
 * Minimises  −(1/W) Σ wᵢ [yᵢ ηᵢ − log(1 + e^ηᵢ)] + (λ/2) Σ βⱼ²,  η = offset + α + Xβ,  W = Σ wᵢ; the intercept α is not penalised.
 * Sources: McCullagh & Nelder, Generalized Linear Models, 2nd ed., §2.5; le Cessie & van Houwelingen, Applied Statistics 41
 * (1992) 191–201; the scaling is that of glmnet with alpha = 0 (Friedman, Hastie & Tibshirani, J. Stat. Softw. 33 (2010)).
 */
import { choleskyFactor, choleskySolve, inverseDiagonal } from './solve-cholesky.ts';

export interface LogisticData {
  /** Outcomes, each in [0, 1] (a share where a row stands for several trials). */
  y: Float64Array;
  /** n × p, row by row. */
  x: Float64Array;
  p: number;
  /** Case weights; one each by default. */
  weights?: Float64Array | undefined;
  /** Known part of the linear predictor. */
  offset?: Float64Array | undefined;
}

export interface LogisticFit {
  intercept: number;
  coefficients: Float64Array;
  /** Without a penalty, of weights that are numbers of cases (intercept first): √ of the diagonal of the inverse information. */
  standardErrors: Float64Array;
  /** −2 Σ w log-likelihood of the Bernoulli outcomes. */
  deviance: number;
  iterations: number;
}

export type LogisticAnswer = { ok: true; fit: LogisticFit } | { ok: false; reason: 'collinear' | 'separated' };

const ITERATIONS = 60;
const HALVINGS = 30;

/** @param start coefficients to begin with (intercept first), for a path of penalties */
export function fitLogistic(data: LogisticData, penalty = 0, start?: Float64Array): LogisticAnswer {
  const { p } = data;
  // The intercept is not penalised, so outcomes of one class would push it without end.
  if (data.y.every((y) => y === data.y[0]) && (data.y[0] === 0 || data.y[0] === 1))
    return { ok: false, reason: 'separated' };
  let beta = start ? Float64Array.from(start) : startOf(data);
  let value = objective(data, beta, penalty);
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const { gradient, hessian } = derivatives(data, beta, penalty);
    const factor = choleskyFactor(hessian, p + 1);
    // Without a penalty the weights of perfectly separated outcomes vanish, and the information with them.
    if (!factor) return { ok: false, reason: iteration > 4 ? 'separated' : 'collinear' };
    const step = choleskySolve(factor, gradient);
    const next = halvedStep(data, beta, step, value, penalty);
    const decrement = step.reduce((sum, s, i) => sum + s * gradient[i]!, 0);
    beta = next.beta;
    value = next.value;
    if (penalty === 0 && beta.some((b) => Math.abs(b) > 1e6)) return { ok: false, reason: 'separated' };
    if (decrement < 1e-20 || decrement < 1e-16 * Math.abs(value)) return answer(data, beta, penalty, iteration);
  }
  return { ok: false, reason: 'separated' };
}

/** Intercept at the logit of the mean outcome, nothing else known. */
function startOf({ y, weights, p }: LogisticData): Float64Array {
  let hits = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weights?.[i] ?? 1;
    hits += w * y[i]!;
    total += w;
  }
  const beta = new Float64Array(p + 1);
  if (hits > 0 && hits < total) beta[0] = Math.log(hits / (total - hits));
  return beta;
}

function answer(data: LogisticData, beta: Float64Array, penalty: number, iterations: number): LogisticAnswer {
  const { p, y, weights } = data;
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : y.length;
  const { hessian } = derivatives(data, beta, penalty);
  const factor = choleskyFactor(hessian, p + 1);
  if (!factor) return { ok: false, reason: 'separated' };
  const fit: LogisticFit = {
    intercept: beta[0]!,
    coefficients: beta.slice(1),
    standardErrors: inverseDiagonal(factor, p + 1).map((v) => Math.sqrt(v / total)),
    deviance: 2 * total * objective(data, beta, 0),
    iterations,
  };
  return { ok: true, fit };
}

function halvedStep(data: LogisticData, beta: Float64Array, step: Float64Array, value: number, penalty: number) {
  // Near the minimum the objective differs by rounding only; a full Newton step must not be refused for that.
  const bound = value + 1e-14 * Math.abs(value);
  let scale = 1;
  for (let i = 0; i < HALVINGS; i++, scale /= 2) {
    const tried = beta.map((b, j) => b - scale * step[j]!);
    const result = objective(data, tried, penalty);
    if (result <= bound) return { beta: tried, value: result };
  }
  return { beta, value };
}

/** Linear predictor of row i. */
export function predictor({ x, p, offset }: LogisticData, beta: Float64Array, i: number): number {
  let eta = beta[0]! + (offset?.[i] ?? 0);
  for (let j = 0, at = i * p; j < p; j++, at++) eta += x[at]! * beta[j + 1]!;
  return eta;
}

/** Mean penalised negative log-likelihood. */
function objective(data: LogisticData, beta: Float64Array, penalty: number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < data.y.length; i++) {
    const w = data.weights?.[i] ?? 1;
    const eta = predictor(data, beta, i);
    sum += w * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - data.y[i]! * eta);
    total += w;
  }
  let squares = 0;
  for (let j = 1; j < beta.length; j++) squares += beta[j]! ** 2;
  return sum / total + (penalty / 2) * squares;
}

function derivatives(data: LogisticData, beta: Float64Array, penalty: number) {
  const { x, y, p, weights } = data;
  const n = p + 1;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n * n);
  const row = new Float64Array(n);
  row[0] = 1;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const w = weights?.[i] ?? 1;
    total += w;
    const mean = sigmoid(predictor(data, beta, i));
    const curvature = w * mean * (1 - mean);
    for (let j = 0; j < p; j++) row[j + 1] = x[i * p + j]!;
    for (let j = 0; j < n; j++) {
      gradient[j]! += w * (mean - y[i]!) * row[j]!;
      const part = curvature * row[j]!;
      if (part === 0) continue;
      for (let k = 0, at = j * n; k <= j; k++, at++) hessian[at]! += part * row[k]!;
    }
  }
  for (let j = 0; j < n; j++) {
    const ridge = j === 0 ? 0 : penalty;
    gradient[j] = gradient[j]! / total + ridge * beta[j]!;
    for (let k = 0; k <= j; k++) hessian[j * n + k]! /= total;
    hessian[j * n + j]! += ridge;
  }
  return { gradient, hessian };
}

export function sigmoid(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}
