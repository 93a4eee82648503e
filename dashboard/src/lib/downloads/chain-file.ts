import type { DataColumn, DataTable } from '@hengjian/contract/data-table.ts';
import type { FigureReader } from '@hengjian/models/queries/figure-reader.ts';
import { type ChainRow, chainTable } from '@hengjian/models/queries/publication-tables.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';
import { inCells } from './in-cells.ts';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;
const COLUMNS = {
  sequence: 'number',
  quarter: 'text',
  ruleset: 'text',
  version: 'text',
  kind: 'text',
  number: 'number',
  published_at: 'when',
  as_of: 'when',
  published_by: 'text',
  event_count: 'number',
  event_sha256: 'text',
  snapshot_sha256: 'text',
  record_sha256: 'text',
  reason: 'text',
} as const satisfies Record<keyof ChainRow, DataColumn['kind']>;
const NAMES = Object.keys(COLUMNS) as (keyof ChainRow)[];

/** The chain of publications, a row a publication, the oldest first. */
export const chainFile = async (locale: Locale, figures: FigureReader): Promise<DataTable> => ({
  name: translate(locale, 'publications.chain'),
  sheet: '发布记录',
  columns: NAMES.map((name) => ({ title: translate(locale, `download.chain.${name}`), name, kind: COLUMNS[name] })),
  batches: inCells(figures.batches(await chainTable(figures.warehouse, figures.scope), BATCH), (row) =>
    NAMES.map((name) => (COLUMNS[name] === 'number' ? Number(row[name]) : row[name])),
  ),
});
