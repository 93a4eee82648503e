import {
  everyReconciledRow,
  type ReconciledRow,
  sampledRows,
} from '@hengjian/models/queries/reconciliation/reconciled-rows.ts';
import { csvStream } from '#lib/csv/csv.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { problem } from '#lib/server/problem.ts';
import { rowFilter, sampling } from '#lib/server/reconciliation-filter.ts';
import type { RequestHandler } from './$types';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;

/** The rows of the page, all of them, or the sample where a seed is given. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { figures, locale, scope } = locals;
  const { project, units } = entryScene(locals, 'unit_entries');
  const quarters = await figures.quarters();
  const quarter = url.searchParams.get('quarter') ?? quarters[0]?.quarter ?? '';
  if (!quarters.some((one) => one.quarter === quarter))
    return problem(404, 'unknown_quarter', `There are no scores for ${JSON.stringify(quarter)}.`);
  const filter = rowFilter(url.searchParams);
  const sample = sampling(url.searchParams);
  const statement = sample
    ? sampledRows(scope, project.ruleSet, quarter, filter, sample)
    : everyReconciledRow(scope, project.ruleSet, quarter, filter);
  const say = (key: string, name: string) => (isMessageKey(key) ? translate(locale, key) : name);
  const named = new Map(units.map(({ id, name }) => [id, name]));
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
  return csvStream(
    `${translate(locale, 'shell.nav.reconciliation')}-${quarter}${sample ? `-${sample.seed}` : ''}.csv`,
    [
      translate(locale, 'ranking.col.unit'),
      'unit',
      ...(['list', 'document', 'subject', 'listed_on', 'entered_on', 'pushed_on'] as const).map((name) =>
        translate(locale, `reconcile.col.${name}`),
      ),
      translate(locale, 'reconcile.field.state'),
      'state',
    ],
    inCells(figures.batches(statement, BATCH), cells),
  );
};

async function* inCells<Row, Cells>(
  batches: AsyncIterable<Row[]>,
  cells: (row: Row) => Cells,
): AsyncGenerator<Cells[]> {
  for await (const batch of batches) yield batch.map(cells);
}
