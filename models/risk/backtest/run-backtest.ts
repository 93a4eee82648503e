/** Fits on past inspections, scores others, and says how good the scores were where that is known. */
import { CommandError } from '@hengjian/warehouse';
import { type BacktestFigures, backtestFigures } from './backtest-figures.ts';
import { type BacktestWarning, backtestWarnings } from './backtest-warnings.ts';
import { comparedScores } from './compared-scores.ts';
import { fitRiskModel, type PenaltyChoice } from './fit-risk-model.ts';
import { type InspectionRows, inspectionRows, requireIds, selectRows } from './inspection-rows.ts';
import type { Feature } from './mapping-schema.ts';
import { formatDay } from './parse-day.ts';
import type { Mapping } from './read-mapping.ts';
import { readTable } from './read-table.ts';
import { stabilityIndex } from './score-drift.ts';

export interface Backtest {
  train: Period;
  test: Period;
  model: {
    penalty: PenaltyChoice;
    iterations: number;
    intercept: number;
    /** Log-odds for one standard deviation more; mean and deviation of the training rows. */
    columns: { label: string; coefficient: number; mean: number; deviation: number }[];
    /** Part of the variance of the test rows' log-odds that each feature brings; they sum to 1. */
    shares: { feature: string; share: number }[];
  };
  /** Population stability index of the test scores against the training scores. */
  stability: number;
  /** undefined where the test rows have no outcomes, or only one class of them. */
  figures: BacktestFigures | undefined;
  warnings: BacktestWarning[];
  /** By test row, in the order of the file. */
  scores: { id: string; score: number }[];
}

export interface Period {
  file: string;
  rows: number;
  hits: number;
  from: string;
  to: string;
}

/** @throws CommandError that names the file, the line where there is one, and the way out */
export async function runBacktest(mapping: Mapping, trainFile: string, testFile: string): Promise<Backtest> {
  const { before, outcomes } = columnsOf(mapping);
  const allTrain = inspectionRows(await readTable(trainFile, [...before, ...outcomes]), mapping);
  const test = inspectionRows(await readTable(testFile, before, [mapping.target]), mapping);
  requireIds(test, mapping.id);
  const train = withOutcome(allTrain);
  if (train.y.length === 0)
    throw new CommandError(
      `No row of ${trainFile} has a ${mapping.target}; training needs inspections whose outcome is known.`,
    );
  const model = fitRiskModel(mapping, train);
  const scores = model.score(test);
  const stability = stabilityIndex(model.score(train), scores);
  const known = test.y
    .keys()
    .toArray()
    .filter((i) => !Number.isNaN(test.y[i]!));
  const compared = mapping.compare ? comparedScores(test.table, mapping.compare) : undefined;
  const pick = (values: Float64Array) => Float64Array.from(known, (i) => values[i]!);
  const shares = model.shares(test);
  return {
    train: periodOf(train),
    test: periodOf(test),
    model: {
      penalty: model.penalty,
      iterations: model.fit.iterations,
      intercept: model.fit.intercept,
      columns: model.design.columns.map(({ label, mean, deviation }, j) => ({
        label,
        coefficient: model.fit.coefficients[j]!,
        mean,
        deviation,
      })),
      shares: mapping.features.map((feature, k) => ({ feature: featureName(feature), share: shares[k]! })),
    },
    stability,
    figures:
      known.length > 0 ? backtestFigures(selectRows(test, known), pick(scores), compared && pick(compared)) : undefined,
    warnings: backtestWarnings({ mapping, allTrain, train, test, design: model.design, score: scores, stability }),
    scores: test.table.columns.get(mapping.id)!.map((id, i) => ({ id, score: scores[i]! })),
  };
}

/** Columns known before an inspection, which both files need, and outcomes, which training needs. */
function columnsOf(mapping: Mapping): { before: string[]; outcomes: string[] } {
  const before = [mapping.id, mapping.date, mapping.probability, mapping.compare].filter((name) => name !== undefined);
  const outcomes = [mapping.target];
  for (const feature of mapping.features) {
    if ('column' in feature) before.push(feature.column);
    if ('cross' in feature) before.push(...feature.cross);
    if ('history' in feature) {
      before.push(...[feature.by].flat());
      outcomes.push(feature.history);
    }
  }
  return { before: [...new Set(before)], outcomes: [...new Set(outcomes)] };
}

function withOutcome(rows: InspectionRows): InspectionRows {
  const known = rows.y
    .keys()
    .toArray()
    .filter((i) => !Number.isNaN(rows.y[i]!));
  return known.length === rows.y.length ? rows : selectRows(rows, known);
}

function periodOf({ table, y, day }: InspectionRows): Period {
  return {
    file: table.file,
    rows: y.length,
    hits: y.reduce((sum, v) => sum + (v === 1 ? 1 : 0), 0),
    from: formatDay(day.reduce((a, b) => Math.min(a, b))),
    to: formatDay(day.reduce((a, b) => Math.max(a, b))),
  };
}

export function featureName(feature: Feature): string {
  if ('column' in feature) return feature.column;
  if ('cross' in feature) return feature.cross.join(' × ');
  if ('history' in feature) return `past ${feature.history} by ${[feature.by].flat().join(' + ')}`;
  return 'season';
}
