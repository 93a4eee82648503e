/** From rows to the numbers of the regression: encoders learned on the training rows, standardised columns. */
import { CommandError } from '@hengjian/warehouse';
import { columnEncoder } from './column-encoder.ts';
import { crossEncoder } from './cross-encoder.ts';
import type { Encoder } from './encoder.ts';
import { historyEncoder } from './history-encoder.ts';
import type { InspectionRows } from './inspection-rows.ts';
import type { Feature } from './mapping-schema.ts';
import { meanAndDeviation } from './standardise.ts';

export interface DesignColumn {
  label: string;
  /** Index of the feature in the mapping. */
  feature: number;
  mean: number;
  deviation: number;
}

export interface Design {
  columns: readonly DesignColumn[];
  /** n × columns, row by row, standardised with the training's means; unknown values are average, that is 0. */
  matrix(rows: InspectionRows): Float64Array;
}

/** A dense system beyond this many columns would take minutes; the way out is fewer levels. */
const MOST_COLUMNS = 1500;

/** @throws CommandError on a value that does not fit its column, or where nothing varies */
export function fitDesign(features: readonly Feature[], train: InspectionRows): Design {
  const encoders = features.map((feature) => encoderOf(feature, train));
  const columns: DesignColumn[] = [];
  const used = encoders.map((encoder, feature) =>
    encoder.encode(train).map((values, k) => {
      const { mean, deviation } = meanAndDeviation(values, train.weights);
      const varies = deviation > 1e-12 * Math.max(1, Math.abs(mean));
      if (varies) columns.push({ label: encoder.labels[k]!, feature, mean, deviation });
      return varies;
    }),
  );
  if (columns.length === 0)
    throw new CommandError(`No feature of the mapping varies in ${train.table.file}; there is nothing to learn from.`);
  if (columns.length > MOST_COLUMNS)
    throw new CommandError(
      `The features of the mapping give ${columns.length} columns, the limit is ${MOST_COLUMNS}; raise min_count, or use {history: …, by: …} for columns with many levels.`,
    );
  return {
    columns,
    matrix(rows) {
      const p = columns.length;
      const matrix = new Float64Array(rows.table.size * p);
      let at = 0;
      for (const [feature, encoder] of encoders.entries())
        for (const [k, values] of encoder.encode(rows).entries()) {
          if (!used[feature]![k]) continue;
          const { mean, deviation } = columns[at]!;
          for (let row = 0; row < values.length; row++) {
            const value = values[row]!;
            matrix[row * p + at] = Number.isNaN(value) ? 0 : (value - mean) / deviation;
          }
          at++;
        }
      return matrix;
    },
  };
}

function encoderOf(feature: Feature, train: InspectionRows): Encoder {
  if ('column' in feature) return columnEncoder(feature, train);
  if ('cross' in feature) return crossEncoder(feature, train);
  if ('history' in feature) return historyEncoder(feature, train);
  return SEASON;
}

const DAYS_A_YEAR = 365.2425;

/** First harmonic of the year: 31 December and 1 January are neighbours. */
const SEASON: Encoder = {
  labels: ['season (cosine)', 'season (sine)'],
  encode: ({ day }) => [
    day.map((d) => Math.cos((2 * Math.PI * d) / DAYS_A_YEAR)),
    day.map((d) => Math.sin((2 * Math.PI * d) / DAYS_A_YEAR)),
  ],
};
