import type { DataCell, DataColumn, DataTable } from '@hengjian/contract/data-table.ts';
import type { FigureReader } from '@hengjian/models/queries/figure-reader.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { badgeName } from '#lib/i18n/badge-name.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { kindName } from '#lib/i18n/kind-name.ts';
import { listText } from '#lib/i18n/list-text.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';
import { inCells } from './in-cells.ts';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;

type Name = Extract<MessageKey, `download.col.${string}`> extends `download.col.${infer Rest}` ? Rest : never;

/** The columns of the statements of score-tables.ts, in their order. */
const SCORES: Partial<Record<Name, DataColumn['kind']>> = {
  quarter: 'text',
  ruleset: 'text',
  unit: 'text',
  unit_name: 'text',
  unit_rank: 'number',
  total: 'number',
  total_exact: 'text',
  item: 'text',
  item_name: 'text',
  weight: 'number',
  weight_exact: 'text',
  points: 'number',
  points_exact: 'text',
  numerator: 'number',
  denominator: 'number',
  on_time: 'number',
  item_rank: 'number',
  badges: 'text',
};
const LOST: Partial<Record<Name, DataColumn['kind']>> = {
  quarter: 'text',
  ruleset: 'text',
  unit: 'text',
  unit_name: 'text',
  item: 'text',
  kind: 'text',
  kind_name: 'text',
  key: 'text',
  subject: 'text',
  event_source: 'text',
  event_id: 'text',
  due: 'when',
  happened: 'when',
  clause: 'text',
  points: 'number',
};

export interface PeriodTable {
  table: 'scores' | 'lost';
  statement: Statement<object>;
  /** Of the file. */
  name: string;
  /** false: the rule set sets none, so that nothing is scored and nothing lost. */
  points: boolean;
}

/** Where there are no points, these say nothing. */
const OF_POINTS: readonly Name[] = [
  'unit_rank',
  'total',
  'total_exact',
  'weight',
  'weight_exact',
  'points',
  'points_exact',
];

const SHEETS = {
  scores: ['指标', '评分'],
  lost: ['未办和逾期明细', '失分明细'],
} as const;

/** A whole table of a period as people open it. */
export function periodTable(
  locale: Locale,
  figures: FigureReader,
  { table, statement, name, points }: PeriodTable,
): DataTable {
  const all = Object.entries(table === 'scores' ? SCORES : LOST) as [Name, DataColumn['kind']][];
  const kinds = points ? all : all.filter(([column]) => !OF_POINTS.includes(column));
  const titleOf = (column: Name) => (table === 'lost' && column === 'points' ? 'lost_points' : column);
  return {
    name,
    sheet: SHEETS[table][points ? 1 : 0],
    columns: kinds.map(([column, kind]) => ({ title: translate(locale, `download.col.${titleOf(column)}`), kind })),
    batches: inCells(figures.batches(statement as Statement<Record<string, unknown>>, BATCH), (row) =>
      kinds.map(([column, kind]) => {
        if (column === 'kind_name') return kindName(locale, String(row.kind));
        return cellOf(column === 'badges' ? badgeNames(locale, row.badges) : row[column], kind);
      }),
    ),
  };
}

const badgeNames = (locale: Locale, badges: unknown): string =>
  listText(locale, Array.isArray(badges) ? badges.map((badge) => badgeName(locale, String(badge))) : []);

/** Decimals and 64-bit numbers come as text. */
function cellOf(value: unknown, kind: DataColumn['kind']): DataCell {
  if (value === null || value === undefined || value === '') return null;
  return kind === 'number' ? Number(value) : String(value);
}
