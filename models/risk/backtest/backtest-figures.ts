/** All figures of scores on rows whose outcomes are known. */
import { type Auc, type AucDifference, aucDelong, aucDifference } from './auc-delong.ts';
import { type BrierScore, brierScore } from './brier-score.ts';
import { type Calibration, calibration, weightedMean } from './calibration.ts';
import { type DaysEarlier, daysEarlier } from './days-earlier.ts';
import { effectiveWilsonInterval } from './effective-wilson-interval.ts';
import type { InspectionRows } from './inspection-rows.ts';
import { type MonthDrift, scoreDrift } from './score-drift.ts';
import { type ScoreGroup, scoreGroups } from './score-groups.ts';

export interface BacktestFigures {
  n: number;
  hits: number;
  /** Weighted where the mapping names inclusion probabilities. */
  baseRate: number;
  auc: Auc;
  /** The score already in use, where the mapping names one. */
  compared: { auc: Auc; difference: AucDifference | undefined } | undefined;
  deciles: (ScoreGroup & { low: number; high: number })[];
  calibration: Calibration | undefined;
  brier: BrierScore;
  daysEarlier: DaysEarlier;
  months: MonthDrift[];
}

/**
 * @param rows only rows with an outcome
 * @returns undefined where the outcomes have one class: nothing can be told apart then
 */
export function backtestFigures(
  { y, day, weights }: InspectionRows,
  score: Float64Array,
  compared: Float64Array | undefined,
): BacktestFigures | undefined {
  const auc = aucDelong(y, score, weights);
  const earlier = daysEarlier(y, score, day);
  if (!auc || !earlier) return undefined;
  const other = compared && aucDelong(y, compared, weights);
  return {
    n: y.length,
    hits: y.reduce((sum, v) => sum + v, 0),
    baseRate: weightedMean(y, weights),
    auc,
    compared: compared && other && { auc: other, difference: aucDifference(y, score, compared, weights) },
    deciles: scoreGroups(y, score, weights).map((group) => ({
      ...group,
      ...effectiveWilsonInterval(group.rate, group.effective)!,
    })),
    calibration: calibration(y, score, weights),
    brier: brierScore(y, score, weights),
    daysEarlier: earlier,
    months: scoreDrift(y, score, day, weights),
  };
}
