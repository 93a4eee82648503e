export interface EffectiveProportion {
  /** 0 … 1 */
  share: number;
  /** Effective number of trials (Kish), not always whole. */
  trials: number;
}

/** Prior Beta(mean · weight, (1 − mean) · weight); infinite weight where the cells do not differ more than chance. */
export interface ProportionPrior {
  mean: number;
  weight: number;
}

/**
 * Prior of weighted proportions of small cells by moments, as `shrinkProportions` has it for counts: with effective numbers of trials,
 * which design weights leave (Kish 1965, (Σw)²/Σw²), the moments of Kleinman (1973), JASA 68:46–54, hold in approximation. undefined
 * where no cell has trials.
 */
export function proportionPrior(cells: readonly EffectiveProportion[]): ProportionPrior | undefined {
  const tried = cells.filter(({ trials }) => trials > 0);
  const trials = tried.reduce((sum, cell) => sum + cell.trials, 0);
  if (trials === 0) return undefined;
  const mean = tried.reduce((sum, { share, trials: n }) => sum + share * n, 0) / trials;
  const scatter = tried.reduce((sum, cell) => sum + cell.trials * (cell.share - mean) ** 2, 0);
  const free = tried.reduce((sum, cell) => sum + 1 - cell.trials / trials, 0);
  const size = tried.reduce((sum, cell) => sum + cell.trials * (1 - cell.trials / trials), 0);
  const chance = mean * (1 - mean);
  const rho = (scatter - chance * free) / (chance * (size - free));
  // Not a number where every proportion is 0 or 1, or every cell has one trial: nothing to tell cells apart by.
  return { mean, weight: rho > 0 ? Math.max(0, 1 / Math.min(rho, 1) - 1) : Number.POSITIVE_INFINITY };
}
