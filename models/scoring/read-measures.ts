/** Counts and part scores of one build, as the range of readings needs them. */
import type { Warehouse } from '@hengjian/warehouse';

export interface Counts {
  due: number;
  done: number;
  onTime: number;
}
export type MeasureCounts = ReadonlyMap<string, Counts>;

/** Key of a unit's measure. */
export const countKey = (unit: string, measure: string) => `${unit} ${measure}`;

export async function readMeasures(warehouse: Warehouse): Promise<MeasureCounts> {
  const rows = await warehouse.query<Counts & { unit: string; measure: string }>(
    'SELECT unit, measure, due, done, on_time AS onTime FROM int_measures',
  );
  return new Map(rows.map(({ unit, measure, ...counts }) => [countKey(unit, measure), counts]));
}

export interface BuiltPart {
  unit: string;
  item: string;
  part: string;
  /** Attained points as a share of the attainable ones, "numerator/denominator". */
  share: string;
  done: number;
}

export function readParts(warehouse: Warehouse): Promise<BuiltPart[]> {
  return warehouse.query<BuiltPart>(
    `SELECT unit, item, part, if(full_num = 0, '0/1', concat(toString(num * full_den), '/', toString(den * full_num))) AS share,
       done FROM int_part_scores`,
  );
}
