/** Settings every model query runs with. */
import type { Settings } from '@hengjian/warehouse';

export const BUILD_SETTINGS: Settings = {
  join_use_nulls: 1,
  // Hash joins of a province's quarter stay below this; beyond it they spill.
  max_bytes_before_external_group_by: 1_000_000_000,
  max_bytes_before_external_sort: 1_000_000_000,
  // A part is written with two buffers a column of a megabyte each by default, more than most models have in rows.
  min_compress_block_size: 65_536,
  max_compress_block_size: 65_536,
  // The engine derives further comparisons from chains such as a < b AND b < 5 by a pass over the whole query. Our models are
  // long queries over few rows: that pass was up to half of the processor time of one, and found nothing.
  optimize_and_compare_chain: 0,
};
