/**
 * The tables of publications: derived from the events of publications and, for what no event holds (lost rows, formulas),
 * from the log as of then. A partition is a publication, so that one can be thrown away and made again.
 */
import type { Warehouse } from '@hengjian/warehouse';
import { missingTables } from '../runner/missing-tables.ts';

const MOMENT = "DateTime64(6, 'Asia/Shanghai')";

const TABLES: Readonly<Record<string, { columns: string; order: string }>> = {
  published_item_scores: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit LowCardinality(String),
      item LowCardinality(String), ord UInt32, weight Nullable(Float64), weight_exact Nullable(String),
      points Nullable(Float64), points_exact Nullable(String), numerator Nullable(Float64), denominator Nullable(Float64),
      on_time Nullable(Float64), rank Nullable(UInt32), badges Array(String), formula String, clause String, item_name String, item_name_en String`,
    order: 'unit, item',
  },
  published_unit_scores: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit LowCardinality(String),
      unit_name String, unit_name_en String, ord UInt32, rank Nullable(UInt32), total Nullable(Float64),
      total_exact Nullable(String)`,
    order: 'unit',
  },
  published_lost_points: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit LowCardinality(String),
      item LowCardinality(String), kind LowCardinality(String), key String, subject String, event_source String,
      event_id String, due Nullable(Date32), happened Nullable(${MOMENT}), clause String, points Nullable(Float64),
      ord UInt32`,
    order: 'unit, item, ord',
  },
  // What pages of a published quarter show beside its scores.
  published_funnel: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit String, area String,
      week Date, claim_state LowCardinality(String), feedback_state LowCardinality(String), claim_due Nullable(Date32),
      feedback_due Nullable(Date32), pushes UInt32`,
    order: 'unit, area, week',
  },
  published_unit_days: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit String,
      indicator String, day Date32, counted UInt32, done UInt32, on_time UInt32`,
    order: 'unit, indicator, day',
  },
  published_area_months: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), month Date, area String,
      industry LowCardinality(String), unit String, measure String, events UInt32`,
    order: 'month, area, industry, unit, measure',
  },
  published_place_rows: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit String, item String,
      area String, department String, key String, subject String, variant String, event_source String, event_id String,
      due Nullable(Date32), happened Nullable(${MOMENT}), timed UInt8, by_time UInt8, amount UInt64,
      done UInt64, on_time UInt64`,
    order: 'unit, item, area, department, key',
  },
  published_loop: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit String, item String,
      stages LowCardinality(String), received UInt8, applied UInt8, fed_back UInt8, cases UInt32`,
    order: 'unit, item',
  },
  published_backfill: {
    columns: `publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit String, item String,
      due Nullable(Date32), entered_on Nullable(Date32), records UInt32`,
    order: 'unit, item',
  },
  // Its row makes a publication visible, and is written last.
  publications: {
    columns: `publication UUID, sequence UInt32, quarter LowCardinality(String), number UInt32,
      status LowCardinality(String), published_at ${MOMENT}, ruleset LowCardinality(String), version LowCardinality(String),
      hash String, ruleset_text String, cutoff Nullable(${MOMENT}), as_of ${MOMENT}, reason String, published_by String,
      record_sha256 String, snapshot_sha256 String, event_count UInt64, event_sha256 String, rows_from LowCardinality(String),
      recorded_at ${MOMENT}`,
    order: 'quarter, number',
  },
};

export async function createPublicationTables(warehouse: Warehouse): Promise<void> {
  // Asked for once: a statement for each, and the lease behind it, would be felt at every refresh.
  const missing = await missingTables(warehouse, Object.keys(TABLES));
  for (const [table, { columns, order }] of Object.entries(TABLES))
    if (missing.has(table))
      await warehouse.command(
        `CREATE TABLE IF NOT EXISTS ${table} (${columns}) ENGINE = MergeTree PARTITION BY publication ORDER BY (${order})`,
      );
}

/** The publication disappears first, its rows afterwards. */
export async function dropPublication(warehouse: Warehouse, publication: string): Promise<void> {
  for (const table of Object.keys(TABLES).reverse())
    await warehouse.command(`ALTER TABLE ${table} DROP PARTITION {publication:String}`, { publication });
}
