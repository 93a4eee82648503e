import { checkCounts } from './interval.ts';
import { type ProportionPrior, proportionPrior } from './proportion-prior.ts';

export interface ShrunkProportions {
  /** Of the prior Beta(a, b); infinite weight (a + b) where all cells are pooled. */
  prior: ProportionPrior;
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
  const prior = proportionPrior(
    cells.map(({ events, trials }) => ({ share: trials > 0 ? events / trials : 0, trials })),
  );
  if (!prior) return undefined;
  const { mean, weight } = prior;
  return {
    prior,
    means: cells.map(({ events, trials }) =>
      Number.isFinite(weight) && trials + weight > 0 ? (events + mean * weight) / (trials + weight) : mean,
    ),
  };
}
