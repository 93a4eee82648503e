export interface CusumPoint {
  /** Sum of what lies above target + allowance. */
  high: number;
  /** Sum of what lies below target − allowance. */
  low: number;
  alarm: boolean;
}

/**
 * Tabular cumulative sums: C⁺_i = max(0, x_i − (μ₀ + K) + C⁺_{i−1}), C⁻_i = max(0, (μ₀ − K) − x_i + C⁻_{i−1}), alarm above H.
 * K is half the shift that shall be found, H usually five standard deviations. Source: Page (1954), Biometrika 41:100–115;
 * Montgomery, Introduction to Statistical Quality Control, §9.1.
 */
export function cusumChart(
  values: readonly number[],
  { target, allowance, decision }: { target: number; allowance: number; decision: number },
): CusumPoint[] {
  let [high, low] = [0, 0];
  return values.map((value) => {
    high = Math.max(0, value - (target + allowance) + high);
    low = Math.max(0, target - allowance - value + low);
    return { high, low, alarm: high > decision || low > decision };
  });
}
