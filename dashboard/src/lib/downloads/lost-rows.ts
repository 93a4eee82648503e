import type { DataCell, DataTable } from '@hengjian/contract/data-table.ts';
import type { LostPoint, OpenExplanation } from '@hengjian/models/queries/read-explanation.ts';
import { kindName } from '#lib/i18n/kind-name.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;

/** Every row of an item that cost points, unrounded; of a rule set without points every row that was missed or late. */
export function lostRows(locale: Locale, { head, rows }: OpenExplanation): DataTable {
  const { quarter, unit, item, points } = head;
  const t = (key: 'kind' | 'due' | 'happened' | 'points') => translate(locale, `unit.losses.${key}`);
  const own = (name: 'kind' | 'key' | 'subject' | 'event_source' | 'event_id') => ({
    title: translate(locale, `download.col.${name}`),
    name,
    kind: 'text' as const,
  });
  const scored = points !== null;
  return {
    name: `${translate(locale, scored ? 'unit.losses' : 'rates.unit.losses')}-${quarter}-${unit}-${item}`,
    sheet: scored ? '失分明细' : '未办和逾期明细',
    columns: [
      { title: t('kind'), kind: 'text' },
      own('kind'),
      own('key'),
      own('subject'),
      { title: t('due'), kind: 'when' },
      { title: t('happened'), kind: 'when' },
      { title: translate(locale, 'unit.clause'), kind: 'text' },
      own('event_source'),
      own('event_id'),
      ...(scored ? [{ title: t('points'), kind: 'number' as const }] : []),
    ],
    batches: batchesOf(rows(), (row) => [
      kindName(locale, row.kind),
      row.kind,
      row.key,
      row.subject,
      row.due,
      row.happened,
      row.clause,
      row.event?.source,
      row.event?.id,
      ...(scored ? [row.points] : []),
    ]),
  };
}

async function* batchesOf(
  rows: AsyncIterable<LostPoint>,
  cells: (row: LostPoint) => DataCell[],
): AsyncGenerator<DataCell[][]> {
  let batch: DataCell[][] = [];
  for await (const row of rows) {
    batch.push(cells(row));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
