/** Months of a series in standard deviations from what a baseline makes one expect. */

export interface MonthValue {
  /** YYYY-MM */
  month: string;
  n: number;
  count: number;
}

export interface StandardScores {
  /** Of the baseline: a share, or events a month. */
  target: number;
  /** Findings or events that the baseline expects in a month. */
  expected: number;
  /** null in a month without inspections. */
  scores: (MonthValue & { z: number | null })[];
}

/**
 * Shares: z = (k/n − p̄) / √(p̄(1 − p̄)/n), p̄ of the baseline (Montgomery, Introduction to Statistical Quality Control, §7.3.2:
 * standardised p-chart for sizes that differ). Counts: z = (x − μ) / √(φμ), with φ = s²/μ of the baseline, at least 1: events of a
 * district come in clusters (Spiegelhalter 2005, Statistics in Medicine 24:1185–1202, §4, over-dispersion). undefined where the baseline
 * says nothing: no events, or nothing but findings.
 *
 * @param rates findings of inspections, else counts of events
 */
export function standardScores(
  baseline: readonly MonthValue[],
  watched: readonly MonthValue[],
  rates: boolean,
): StandardScores | undefined {
  const months = baseline.length;
  const count = baseline.reduce((sum, month) => sum + month.count, 0);
  if (rates) {
    const n = baseline.reduce((sum, month) => sum + month.n, 0);
    const target = n > 0 ? count / n : 0;
    if (!(target > 0 && target < 1)) return undefined;
    const zOf = (month: MonthValue) => (month.count / month.n - target) / Math.sqrt((target * (1 - target)) / month.n);
    return {
      target,
      expected: count / months,
      scores: watched.map((month) => ({ ...month, z: month.n === 0 ? null : zOf(month) })),
    };
  }
  if (count === 0 || months < 2) return undefined;
  const target = count / months;
  const variance = baseline.reduce((sum, month) => sum + (month.count - target) ** 2, 0) / (months - 1);
  const sigma = Math.sqrt(Math.max(1, variance / target) * target);
  return {
    target,
    expected: target,
    scores: watched.map((month) => ({ ...month, z: (month.count - target) / sigma })),
  };
}
