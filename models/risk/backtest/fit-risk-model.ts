/** Fits the model of a mapping on the training rows; the penalty is chosen on the last fifth of the training time. */
import { CommandError } from '@hengjian/warehouse';
import { type Design, fitDesign } from './fit-design.ts';
import { type InspectionRows, selectRows } from './inspection-rows.ts';
import { fitLogistic, type LogisticData, type LogisticFit, sigmoid } from './logistic-regression.ts';
import { formatDay } from './parse-day.ts';
import type { Mapping } from './read-mapping.ts';

export interface RiskModel {
  design: Design;
  fit: LogisticFit;
  penalty: PenaltyChoice;
  /** Probability by row; features that only adjust stand at their average. */
  score(rows: InspectionRows): Float64Array;
  /** Share of the variance of the log-odds over these rows by feature (with the sign of its covariance), in the mapping's order. */
  shares(rows: InspectionRows): Float64Array;
}

export interface PenaltyChoice {
  value: number;
  /** First day of the rows on which it was chosen; undefined where the mapping gives the penalty, or there are too few rows. */
  validatedFrom: string | undefined;
  /** Mean log-loss there by penalty. */
  tried: { penalty: number; logLoss: number }[];
}

/** From strong to weak, two a decade, so that each fit starts near the one before. */
const PENALTIES = Array.from({ length: 9 }, (_, k) => 10 ** (-k / 2));
const VALIDATION_SHARE = 0.2;
/** Used where the training rows are too few to hold some back. */
const FALLBACK_PENALTY = 0.05;

/** @throws CommandError where the outcomes have one class, or values do not fit their columns */
export function fitRiskModel(mapping: Mapping, train: InspectionRows): RiskModel {
  const classes = new Set(train.y);
  if (classes.size < 2)
    throw new CommandError(
      `All ${train.y.length} outcomes of ${mapping.target} in ${train.table.file} are ${train.y[0]}; a model needs both 1 and 0.`,
    );
  const penalty = mapping.penalty
    ? { value: mapping.penalty, validatedFrom: undefined, tried: [] }
    : choosePenalty(mapping, train);
  const design = fitDesign(mapping.features, train);
  const fit = fitted(dataOf(design, train), penalty.value);
  const moves = design.columns.map(({ feature }) => !mapping.features[feature]!.adjust_only);
  const logOdds = (rows: InspectionRows) => linearPredictor(design, fit, rows, moves);
  return {
    design,
    fit,
    penalty,
    score: (rows) => logOdds(rows).map(sigmoid),
    shares: (rows) => varianceShares(design, fit, rows, moves, mapping.features.length),
  };
}

function dataOf(design: Design, { y, weights, ...rows }: InspectionRows): LogisticData {
  return { y, x: design.matrix({ y, weights, ...rows }), p: design.columns.length, weights };
}

function fitted(data: LogisticData, penalty: number, start?: Float64Array): LogisticFit {
  const answer = fitLogistic(data, penalty, start);
  // The ridge makes the problem strictly convex and the columns are finite.
  if (!answer.ok) throw new Error(`the penalised fit failed: ${answer.reason}`);
  return answer.fit;
}

/** The rows of the last days are scored by a model that knows the earlier days only, exactly as unseen rows will be. */
function choosePenalty(mapping: Mapping, train: InspectionRows): PenaltyChoice {
  const days = Float64Array.from(train.day).sort();
  const from = days[Math.floor(days.length * (1 - VALIDATION_SHARE))]!;
  const places = train.day.keys().toArray();
  const early = selectRows(
    train,
    places.filter((i) => train.day[i]! < from),
  );
  const late = selectRows(
    train,
    places.filter((i) => train.day[i]! >= from),
  );
  const tooFew = [early, late].some(({ y }) => {
    const hits = y.reduce((sum, v) => sum + v, 0);
    return hits < 5 || y.length - hits < 5;
  });
  if (tooFew) return { value: FALLBACK_PENALTY, validatedFrom: undefined, tried: [] };
  const design = fitDesign(mapping.features, early);
  const data = dataOf(design, early);
  const unseen = dataOf(design, late);
  let start: Float64Array | undefined;
  const tried = PENALTIES.map((penalty) => {
    const fit = fitted(data, penalty, start);
    start = Float64Array.of(fit.intercept, ...fit.coefficients);
    return { penalty, logLoss: logLoss(unseen, fit) };
  });
  const best = tried.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  return { value: best.penalty, validatedFrom: formatDay(from), tried };
}

function logLoss({ x, y, p, weights }: LogisticData, { intercept, coefficients }: LogisticFit): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    let eta = intercept;
    for (let j = 0; j < p; j++) eta += x[i * p + j]! * coefficients[j]!;
    const w = weights?.[i] ?? 1;
    sum += w * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y[i]! * eta);
    total += w;
  }
  return sum / total;
}

function linearPredictor(design: Design, fit: LogisticFit, rows: InspectionRows, moves: readonly boolean[]) {
  const x = design.matrix(rows);
  const p = design.columns.length;
  return Float64Array.from({ length: rows.table.size }, (_, i) => {
    let eta = fit.intercept;
    for (let j = 0; j < p; j++) if (moves[j]) eta += x[i * p + j]! * fit.coefficients[j]!;
    return eta;
  });
}

/** Var(Σ f) = Σ Cov(f, η): each feature's part of the variance of the log-odds η; the parts sum to 1. */
function varianceShares(
  design: Design,
  fit: LogisticFit,
  rows: InspectionRows,
  moves: readonly boolean[],
  features: number,
): Float64Array {
  const eta = linearPredictor(design, fit, rows, moves);
  const x = design.matrix(rows);
  const p = design.columns.length;
  const mean = eta.reduce((sum, v) => sum + v, 0) / eta.length;
  const shares = new Float64Array(features);
  for (let i = 0; i < eta.length; i++)
    for (const [j, { feature }] of design.columns.entries())
      if (moves[j]) shares[feature]! += (eta[i]! - mean) * x[i * p + j]! * fit.coefficients[j]!;
  const total = shares.reduce((sum, v) => sum + v, 0);
  return total > 0 ? shares.map((v) => v / total) : shares;
}
