import type { DataCell, DataColumn, DataTable } from '@hengjian/contract/data-table.ts';
import { type AccessLogFilter, accessLogRows } from '#accounts/access-log-rows.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;
const COLUMNS = {
  at: 'when',
  account: 'text',
  method: 'text',
  path: 'text',
  route: 'text',
  status: 'number',
  duration_ms: 'number',
  address: 'text',
  request_id: 'text',
} as const satisfies Record<string, DataColumn['kind']>;
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** Of the file, without its end. */
export const accessLogName = ({ day }: AccessLogFilter): string => `access-log${day ? `-${day}` : ''}`;

/** The access log as the page shows it, all of it, the newest first. */
export const accessLogTable = (
  locale: Locale,
  warehouse: Parameters<typeof accessLogRows>[0],
  asked: AccessLogFilter,
): DataTable => ({
  name: accessLogName(asked),
  sheet: '访问日志',
  columns: NAMES.map((name) => ({ title: translate(locale, `download.col.${name}`), name, kind: COLUMNS[name] })),
  batches: batchesOf(warehouse, asked),
});

async function* batchesOf(
  warehouse: Parameters<typeof accessLogRows>[0],
  asked: AccessLogFilter,
): AsyncGenerator<DataCell[][]> {
  for (let filter: AccessLogFilter | undefined = asked; filter; ) {
    const rows = await accessLogRows(warehouse, filter, BATCH);
    const last = rows.at(-1);
    if (last) yield rows.map((row) => NAMES.map((name) => row[name]));
    filter = last && rows.length === BATCH ? { ...filter, before: last.cursor } : undefined;
  }
}
