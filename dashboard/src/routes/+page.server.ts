import { rankRanges } from '@hengjian/models/queries/read-rank-ranges.ts';
import { readUncounted } from '@hengjian/observe/queries/uncounted-events.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { translate } from '#lib/i18n/translate.ts';
import { chooseQuarter, periodBefore } from '#lib/ranking/choose-quarter.ts';
import { rankingTable, readSorting } from '#lib/ranking/ranking-table.ts';
import { hasNoPoints, rateMatrix, readRateSorting } from '#lib/rates/rate-matrix.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends, url }) => {
  depends('hengjian:data');
  const { figures, locale, scope } = locals;
  const title = translate(locale, 'shell.nav.ranking');
  const quarters = await figures.periods();
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter'));
  if (quarter === undefined) return { title, quarters, uncounted: 0, ranking: undefined };

  const before = periodBefore(quarter);
  const [scores, past, columns, uncounted, ranges] = await Promise.all([
    figures.scores(quarter),
    figures.scores(before),
    figures.items(quarter),
    readUncounted(figures.warehouse, scope),
    figures.rows(rankRanges(scope, figures.ruleset, quarter)),
  ]);
  if (!scores.ok) refuse(locals, scores, { quarter });
  const { units: all, ...facts } = scores.value;
  const units = namedIn(locale, all);
  const items = columns.map(({ item }) => item);
  const sorting = readSorting(url.searchParams, items);
  const rateSorting = readRateSorting(url.searchParams, items);
  const rates = hasNoPoints(units)
    ? {
        sorting: rateSorting,
        rows: rateMatrix(units, columns, rateSorting),
        tables: namedIn(locale, facts.tables ?? []).map(({ items: some, ...table }) => {
          const own = columns.filter(({ item }) => some.includes(item));
          return { ...table, columns: own, rows: rateMatrix(units, own, rateSorting) };
        }),
      }
    : undefined;
  return {
    title: `${formatQuarter(locale, quarter)} ${title}`,
    quarters,
    uncounted: uncounted.reduce((sum, { events }) => sum + events, 0),
    ranking: {
      facts,
      rates,
      // Of a draft an account of one unit sees no other units, and so not how many there are.
      unitCount: scope.units === 'all' || facts.status !== 'draft' ? units.length : undefined,
      columns,
      sorting,
      intervals: url.searchParams.get('show') === 'intervals',
      ranges,
      // Ranges are of ranks in a quarter, of whoever sees totals of a draft.
      ranged: facts.status === 'draft' && !rates && quarter.includes('Q') && scope.areas === 'all' && units.length > 0,
      before: past.ok ? before : undefined,
      rows: rankingTable({ ...scores.value, units }, past.ok ? past.value : undefined, columns, sorting),
    },
  };
};
