/** How often inspections find something, by cell: weighted by the design, small cells drawn towards the whole. */
import { beta } from '../../stats/distributions.ts';
import { type ProportionPrior, proportionPrior } from '../../stats/proportion-prior.ts';
import { effectiveWilsonInterval } from '../backtest/effective-wilson-interval.ts';
import { designWeights } from './design-weights.ts';
import type { DrawnStratum } from './read-drawn-strata.ts';
import type { FindingStratum } from './read-finding-strata.ts';

export interface TierWeight {
  tier: string;
  exposed: number;
  inspected: number;
  /** Subjects (in months) that one inspection stands for, exposed / inspected; null where none of the tier was inspected. */
  weight: number | null;
}

export interface FindingRate {
  area: string;
  industry: string;
  inspected: number;
  /** Of these, visits weighted by the exact probability of a record. */
  drawn: number;
  found: number;
  /** found / inspected: of those that were inspected. null without inspections. */
  raw: number | null;
  /** Weighted by Σw·y / Σw (Hájek): of all subjects of the cell, as far as its inspected tiers go. */
  weighted: number | null;
  /** Kish's effective number of inspections, (Σw)² / Σw². */
  effective: number;
  /** Empirical-Bayes mean with its 95 % interval; without inspections those of the whole. */
  shrunk: number;
  lower: number;
  upper: number;
}

export interface FindingRates {
  weights: TierWeight[];
  /** Of the whole: weighted rate and n. undefined without inspections. */
  overall: { inspected: number; drawn: number; found: number; weighted: number } | undefined;
  cells: FindingRate[];
}

/**
 * Inspections favour high tiers, so the inspected are not the population (sampling.md §4). A visit that a draw with a record took is
 * weighted by its exact probability (`designWeights`). Of the others the probability is estimated by what was realised, as all of a
 * tier have one in draws stratified by tier: weight = exposed / inspected of the tier over the whole period. Prior
 * and posterior mean (n·p + w·m)/(n + w) as `proportionPrior`, interval by the quantiles of Beta(n·p + w·m, n·(1 − p) + w·(1 − m));
 * where the cells do not differ more than chance all have the rate of the whole, with Wilson's interval of all inspections. Wilson's
 * interval of the cell where its posterior would be a point (nothing or everything found, and no weight of the whole).
 */
export function findingRates(strata: readonly FindingStratum[], drawn: readonly DrawnStratum[] = []): FindingRates {
  const weights = tierWeights(strata);
  const weighted = weightedVisits(strata, weights, drawn);
  const groups = Map.groupBy(weighted, ({ area, industry }) => `${area}\t${industry}`);
  const cells = [...groups.values()].map((rows) => rawCell(rows));
  const prior = proportionPrior(cells.map(({ weighted, effective }) => ({ share: weighted ?? 0, trials: effective })));
  if (!prior) return { weights, overall: undefined, cells: [] };
  const whole = rawCell(weighted);
  return {
    weights,
    overall: { inspected: whole.inspected, drawn: whole.drawn, found: whole.found, weighted: whole.weighted! },
    cells: cells.map((cell) => ({ ...cell, ...shrunkCell(cell, prior, whole.effective) })),
  };
}

function tierWeights(strata: readonly FindingStratum[]): TierWeight[] {
  return [...Map.groupBy(strata, ({ tier }) => tier)]
    .map(([tier, rows]) => {
      const exposed = rows.reduce((sum, row) => sum + row.exposed, 0);
      const inspected = rows.reduce((sum, row) => sum + row.inspected, 0);
      return { tier, exposed, inspected, weight: inspected > 0 ? exposed / inspected : null };
    })
    .sort((a, b) => (a.tier < b.tier ? -1 : 1));
}

type RawCell = Omit<FindingRate, 'shrunk' | 'lower' | 'upper'>;

interface WeightedVisits {
  area: string;
  industry: string;
  inspected: number;
  found: number;
  /** Of them, by an exact probability: all or none. */
  drawn: number;
  weight: number;
}

/** Each stratum as what is left of it by the realised rate of its tier, and beside it its visits of each draw. */
function weightedVisits(
  strata: readonly FindingStratum[],
  weights: readonly TierWeight[],
  drawn: readonly DrawnStratum[],
): WeightedVisits[] {
  const realised = new Map(weights.map(({ tier, weight }) => [tier, weight ?? 0]));
  const keyOf = ({ area, industry, tier }: FindingStratum | DrawnStratum) => [area, industry, tier].join('\t');
  const known = new Set(strata.map(keyOf));
  const own = drawn.filter((row) => known.has(keyOf(row)));
  const exact = designWeights(
    own.map(({ task, pi, inspected, tier }) => ({ task, pi, n: inspected, realised: realised.get(tier)! })),
  );
  const taken = Map.groupBy(
    own.map((row, k) => ({ ...row, drawn: row.inspected, weight: exact[k]! })),
    keyOf,
  );
  return strata.flatMap((stratum) => {
    const parts = taken.get(keyOf(stratum)) ?? [];
    const inspected = parts.reduce((left, part) => left - part.inspected, stratum.inspected);
    const found = parts.reduce((left, part) => left - part.found, stratum.found);
    return [{ ...stratum, inspected, found, drawn: 0, weight: realised.get(stratum.tier)! }, ...parts];
  });
}

function rawCell(rows: readonly WeightedVisits[]): RawCell {
  const [inspected, found, drawn, weight, hits, squares] = [0, 0, 0, 0, 0, 0].map((_, k) =>
    rows.reduce((sum, row) => {
      const w = row.weight;
      return sum + [row.inspected, row.found, row.drawn, w * row.inspected, w * row.found, w * w * row.inspected][k]!;
    }, 0),
  ) as [number, number, number, number, number, number];
  return {
    area: rows[0]!.area,
    industry: rows[0]!.industry,
    inspected,
    drawn,
    found,
    raw: inspected > 0 ? found / inspected : null,
    weighted: weight > 0 ? hits / weight : null,
    effective: squares > 0 ? weight ** 2 / squares : 0,
  };
}

function shrunkCell({ weighted, effective }: RawCell, { mean, weight }: ProportionPrior, all: number) {
  const total = effective + weight;
  if (!Number.isFinite(weight) || total === 0) {
    const { low, high } = effectiveWilsonInterval(mean, all)!;
    return { shrunk: mean, lower: low, upper: high };
  }
  const hits = effective * (weighted ?? 0) + weight * mean;
  const [a, b] = [hits, total - hits];
  // A posterior with nothing on one side is a point, which would claim certainty: 0 of 23 is not never.
  if (a <= 0 || b <= 0) {
    const { low, high } = effectiveWilsonInterval(hits / total, total)!;
    return { shrunk: hits / total, lower: low, upper: high };
  }
  // Of a posterior that is nearly a point the mean lies outside the quantiles; the interval is then widened to hold it.
  const shrunk = hits / total;
  return { shrunk, lower: Math.min(shrunk, beta.inv(0.025, a, b)), upper: Math.max(shrunk, beta.inv(0.975, a, b)) };
}
