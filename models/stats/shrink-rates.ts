/**
 * Empirical-Bayes rates of small cells, Gamma–Poisson by moments: m = Σy/Σn, s² = Σ n_i (y_i/n_i − m)² / Σn,
 * A = s² − m/n̄, rate m + C(y/n − m) with C = A / (A + m/n_i); A ≤ 0: all get m. Source: Marshall (1991), Applied Statistics
 * 40:283–294. undefined where no cell has exposure.
 *
 * @param cells counts and exposures (subjects, months), exposure ≥ 0
 * @throws RangeError for a negative count or exposure
 */
export function shrinkRates(cells: readonly { events: number; exposure: number }[]): number[] | undefined {
  if (cells.some(({ events, exposure }) => !(events >= 0 && exposure >= 0)))
    throw new RangeError('rates need counts and exposures of at least 0');
  const exposed = cells.filter(({ exposure }) => exposure > 0);
  const exposure = exposed.reduce((sum, cell) => sum + cell.exposure, 0);
  if (exposure === 0) return undefined;
  const mean = exposed.reduce((sum, cell) => sum + cell.events, 0) / exposure;
  const scatter =
    exposed.reduce((sum, cell) => sum + cell.exposure * (cell.events / cell.exposure - mean) ** 2, 0) / exposure;
  const between = scatter - mean / (exposure / exposed.length);
  return cells.map((cell) => {
    if (between <= 0 || cell.exposure === 0) return mean;
    return mean + (between / (between + mean / cell.exposure)) * (cell.events / cell.exposure - mean);
  });
}
