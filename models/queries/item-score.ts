export interface ItemScore {
  item: string;
  /** Null in a rule set of rates, like points. */
  weight: number | null;
  /** Reduced fraction: a weight that took over others' may be 65/3. Absent where there are no points. */
  weight_exact?: string;
  points: number | null;
  /** Reduced fraction; absent where there are no points. */
  points_exact?: string;
  numerator: number | null;
  denominator: number | null;
  on_time: number | null;
  /** Place by the rate, in a rule set of rates only; null where nothing was due. */
  rank?: number | null;
  badges: string[];
}
