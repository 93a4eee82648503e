/**
 * Means of equal variance, shrunk towards their grand mean: ȳ + c(y − ȳ), c = 1 − (k − 3)σ² / Σ(y − ȳ)², not below 0.
 * Source: Efron, Morris (1975), JASA 70:311–319, with the positive part. Fewer than four values are left as they are.
 *
 * @param variance of each value
 */
export function jamesStein(values: readonly number[], variance: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scatter = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (values.length < 4 || scatter === 0) return [...values];
  const factor = Math.max(0, 1 - ((values.length - 3) * variance) / scatter);
  return values.map((value) => mean + factor * (value - mean));
}
