import { neighbour } from '@hengjian/models/calendar/quarter.ts';
import { readListReports } from '@hengjian/models/queries/read-list-reports.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import { reconcileUnits } from '@hengjian/models/queries/reconciliation/reconcile-units.ts';
import {
  reconciledCounts,
  reconciledRows,
  sampledRows,
} from '@hengjian/models/queries/reconciliation/reconciled-rows.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { chooseQuarter } from '#lib/ranking/choose-quarter.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { freshSeed, rowFilter, sampling } from '#lib/server/reconciliation-filter.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

const PAGE = 100;

/** Quarterly lists beside the platform and the pushes. */
export const load: PageServerLoad = async ({ locals, depends, url }) => {
  depends('hengjian:data');
  const { figures, locale, parts, scope } = locals;
  const scene = entryScene(locals, 'unit_entries');
  const { ruleSet } = scene.project;
  const quarters = await figures.quarters();
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter'));
  const title = translate(locale, 'shell.nav.reconciliation');
  const asks = (ruleSet.data.registers ?? []).length > 0;
  if (quarter === undefined || !asks) return { title, asks, quarters, quarter: undefined };
  if (!quarters.some((one) => one.quarter === quarter))
    refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });

  const filter = rowFilter(url.searchParams);
  const sample = sampling(url.searchParams);
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1));
  const [counts, before, rows, reports, drawn] = await Promise.all([
    figures.rows(reconciledCounts(scope, ruleSet, quarter)),
    figures.rows(reconciledCounts(scope, ruleSet, neighbour(quarter, -1))),
    figures.rows(reconciledRows(scope, ruleSet, quarter, filter, { limit: PAGE, offset: (page - 1) * PAGE })),
    readListReports(parts.reader, scope, ruleSet, quarter),
    sample ? figures.rows(sampledRows(scope, ruleSet, quarter, filter, sample)) : [],
  ]);
  const units = reconcileUnits(
    reports.map(({ unit, kind, report }) => ({ unit, list: kind, rows: report ? rowsOf(report.data) : null })),
    counts,
    before,
  );
  const subjects = await readSubjectNames(
    scope,
    parts.reader,
    [...rows, ...drawn].map(({ subject }) => subject),
  );
  return {
    title: `${formatQuarter(locale, quarter)} ${title}`,
    asks,
    quarters,
    quarter,
    names: Object.fromEntries(scene.units.map(({ id, name }) => [id, name])),
    own: scene.own,
    lists: [...new Set((ruleSet.data.registers ?? []).map(({ list }) => list))],
    units,
    filter,
    rows,
    total: rows[0]?.total ?? 0,
    page,
    perPage: PAGE,
    subjects: Object.fromEntries(subjects),
    sample: sample && { ...sample, rows: drawn },
    seed: sample?.seed ?? freshSeed(),
  };
};

function rowsOf(data: Record<string, unknown>): number {
  return Array.isArray(data.rows) ? data.rows.length : 0;
}
