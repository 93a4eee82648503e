/**
 * Standard errors of a logistic fit whose weights are those of a design (1/π), not numbers of cases: H⁻¹ (Σ wᵢ² (yᵢ − pᵢ)² xᵢ xᵢᵀ) H⁻¹
 * with H = Σ wᵢ pᵢ (1 − pᵢ) xᵢ xᵢᵀ. The scale of the weights does not matter.
 * Sources: Binder, Int. Stat. Review 51 (1983) 279–292; White, Econometrica 50 (1982) 1–25.
 */
import { type LogisticData, type LogisticFit, predictor, sigmoid } from './logistic-regression.ts';
import { choleskyFactor, choleskySolve } from './solve-cholesky.ts';

/** @returns intercept first; NaN where the information is singular, as it is in no fit that was found */
export function designErrors(data: LogisticData, { intercept, coefficients }: LogisticFit): Float64Array {
  const { x, y, p, weights } = data;
  const n = p + 1;
  const beta = Float64Array.of(intercept, ...coefficients);
  const information = new Float64Array(n * n);
  const spread = new Float64Array(n * n);
  const row = new Float64Array(n);
  row[0] = 1;
  for (let i = 0; i < y.length; i++) {
    const w = weights?.[i] ?? 1;
    const mean = sigmoid(predictor(data, beta, i));
    for (let j = 0; j < p; j++) row[j + 1] = x[i * p + j]!;
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) {
        information[j * n + k]! += w * mean * (1 - mean) * row[j]! * row[k]!;
        spread[j * n + k]! += (w * (y[i]! - mean)) ** 2 * row[j]! * row[k]!;
      }
  }
  const factor = choleskyFactor(information, n);
  if (!factor) return new Float64Array(n).fill(Number.NaN);
  return Float64Array.from({ length: n }, (_, j) => {
    const unit = new Float64Array(n);
    unit[j] = 1;
    const bread = choleskySolve(factor, unit);
    let variance = 0;
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) variance += bread[a]! * spread[a * n + b]! * bread[b]!;
    return Math.sqrt(variance);
  });
}
