/** Models behind the scores of a period: all that a question about scores alone needs. */
export const SCORE_MARTS: readonly string[] = ['mart_item_scores', 'mart_unit_scores', 'mart_lost_points'];

/** Those behind everything that pages show of a quarter, a month or a year: what is kept of each, and frozen by its publication. */
export const SHOWN_MARTS: readonly string[] = [
  ...SCORE_MARTS,
  'serving_funnel',
  'serving_unit_days',
  'serving_area_months',
  'serving_place_rows',
  'serving_loop',
  'serving_backfill',
];
