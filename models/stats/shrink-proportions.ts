import { checkCounts } from './interval.ts';

export interface ShrunkProportions {
  /** Of the prior Beta(a, b); infinite weight (a + b) where all cells are pooled. */
  prior: { mean: number; weight: number };
  /** Posterior means, in the order of the cells; a cell without trials has the prior mean. */
  means: number[];
}

/**
 * Empirical-Bayes proportions of small cells, beta-binomial by moments: p̄ = Σk/Σn, S = Σ n_i (p_i − p̄)²,
 * ρ = [S − p̄(1−p̄) Σ(1 − n_i/n.)] / {p̄(1−p̄)[Σ n_i(1 − n_i/n.) − Σ(1 − n_i/n.)]}, a + b = 1/ρ − 1, posterior mean
 * (k + a)/(n + a + b). Where ρ ≤ 0 the cells do not differ more than chance: all get p̄. Source: Kleinman (1973), JASA
 * 68:46–54. undefined where no cell has trials.
 */
export function shrinkProportions(cells: readonly { events: number; trials: number }[]): ShrunkProportions | undefined {
  for (const { events, trials } of cells) checkCounts(events, trials);
  const tried = cells.filter(({ trials }) => trials > 0);
  const trials = tried.reduce((sum, cell) => sum + cell.trials, 0);
  if (trials === 0) return undefined;
  const mean = tried.reduce((sum, cell) => sum + cell.events, 0) / trials;
  const scatter = tried.reduce((sum, cell) => sum + cell.trials * (cell.events / cell.trials - mean) ** 2, 0);
  const free = tried.reduce((sum, cell) => sum + 1 - cell.trials / trials, 0);
  const size = tried.reduce((sum, cell) => sum + cell.trials * (1 - cell.trials / trials), 0);
  const chance = mean * (1 - mean);
  const rho = (scatter - chance * free) / (chance * (size - free));
  // Not a number where every proportion is 0 or 1, or every cell has one trial: nothing to tell cells apart by.
  const weight = rho > 0 ? Math.max(0, 1 / Math.min(rho, 1) - 1) : Number.POSITIVE_INFINITY;
  return {
    prior: { mean, weight },
    means: cells.map(({ events, trials }) =>
      Number.isFinite(weight) && trials + weight > 0 ? (events + mean * weight) / (trials + weight) : mean,
    ),
  };
}
