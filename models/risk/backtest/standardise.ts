/** Weighted mean and standard deviation (denominator Σw) of the known values. */
export function meanAndDeviation(
  values: Float64Array,
  weights: Float64Array | undefined,
): { mean: number; deviation: number } {
  let total = 0;
  let mean = 0;
  let squares = 0;
  // West's update (Commun. ACM 22 (1979) 532–535): no cancellation for large means.
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const w = weights?.[i] ?? 1;
    if (Number.isNaN(value) || w === 0) continue;
    total += w;
    const delta = value - mean;
    mean += (w / total) * delta;
    squares += w * delta * (value - mean);
  }
  return { mean, deviation: total > 0 ? Math.sqrt(squares / total) : 0 };
}
