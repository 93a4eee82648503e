import type { InspectionRows } from './inspection-rows.ts';

/** A feature learned on the training rows: numbers for any rows, one array a label. NaN = not known, which counts as average. */
export interface Encoder {
  labels: readonly string[];
  encode(rows: InspectionRows): Float64Array[];
}
