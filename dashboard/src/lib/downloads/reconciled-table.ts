import type { DataTable } from '@hengjian/contract/data-table.ts';
import {
  everyReconciledRow,
  type ReconciledRow,
  sampledRows,
} from '@hengjian/models/queries/reconciliation/reconciled-rows.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { rowFilter, sampling } from '#lib/server/reconciliation-filter.ts';
import { inCells } from './in-cells.ts';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;

/** The rows of the page, all of them, or the sample where a seed is given; or the quarter that has no scores. */
export async function reconciledStatement(locals: App.Locals, query: URLSearchParams) {
  const { figures, locale, scope } = locals;
  const { project } = entryScene(locals, 'unit_entries');
  const quarters = await figures.quarters();
  const quarter = query.get('quarter') ?? quarters[0]?.quarter ?? '';
  if (!quarters.some((one) => one.quarter === quarter)) return { unknown: quarter };
  const filter = rowFilter(query);
  const sample = sampling(query);
  const statement = sample
    ? sampledRows(scope, project.ruleSet, quarter, filter, sample)
    : everyReconciledRow(scope, project.ruleSet, quarter, filter);
  return {
    statement,
    name: `${translate(locale, 'shell.nav.reconciliation')}-${quarter}${sample ? `-${sample.seed}` : ''}`,
  };
}

/** The same as the page shows it. */
export async function reconciledTable(
  locals: App.Locals,
  query: URLSearchParams,
): Promise<DataTable | { unknown: string }> {
  const { figures, locale } = locals;
  const found = await reconciledStatement(locals, query);
  if (found.statement === undefined) return found;
  const { statement, name } = found;
  const { units } = entryScene(locals, 'unit_entries');
  const say = (key: string, otherwise: string) => (isMessageKey(key) ? translate(locale, key) : otherwise);
  const named = new Map(units.map(({ id, name }) => [id, name]));
  const column = (of: 'list' | 'document' | 'subject' | 'listed_on' | 'entered_on' | 'pushed_on') =>
    translate(locale, `reconcile.col.${of}`);
  const cells = (row: ReconciledRow) => [
    named.get(row.unit) ?? row.unit,
    row.unit,
    say(`entries.kind.${row.list}`, row.list),
    row.key,
    row.subject,
    row.listed_on,
    row.entered_on,
    row.pushed_on,
    translate(locale, `reconcile.state.${row.state}`),
    row.state,
  ];
  return {
    name,
    sheet: '核对',
    columns: [
      { title: translate(locale, 'ranking.col.unit'), kind: 'text' },
      { title: translate(locale, 'download.col.unit'), name: 'unit', kind: 'text' },
      { title: column('list'), kind: 'text' },
      { title: column('document'), kind: 'text' },
      { title: column('subject'), kind: 'text' },
      { title: column('listed_on'), kind: 'when' },
      { title: column('entered_on'), kind: 'when' },
      { title: column('pushed_on'), kind: 'when' },
      { title: translate(locale, 'reconcile.field.state'), kind: 'text' },
      { title: translate(locale, 'download.col.state'), name: 'state', kind: 'text' },
    ],
    batches: inCells(figures.batches(statement, BATCH), cells),
  };
}
