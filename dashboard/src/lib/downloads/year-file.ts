import type { DataTable } from '@hengjian/contract/data-table.ts';
import type { YearScores } from '@hengjian/models/scoring/score-year.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

/** The year of each unit with the quarters that entered, unrounded, as its page has them. */
export function yearFile(locale: Locale, { year, units, quarters }: YearScores): DataTable {
  const figure = (title: string, name: string) => ({ title, name, kind: 'number' as const });
  const text = (name: 'unit' | 'unit_name' | 'total_exact') => ({
    title: translate(locale, `download.col.${name}`),
    name,
    kind: 'text' as const,
  });
  return {
    name: translate(locale, 'publications.year.title', { year }),
    sheet: '年度得分',
    columns: [
      figure(translate(locale, 'publications.year.rank'), 'rank'),
      text('unit'),
      text('unit_name'),
      figure(translate(locale, 'publications.year.total'), 'total'),
      text('total_exact'),
      ...quarters.map((quarter) => figure(formatQuarter(locale, quarter), quarter)),
    ],
    batches: [
      units.map(({ rank, unit, name, total, total_exact, quarters: own }) => [
        rank,
        unit,
        name,
        total,
        total_exact,
        ...quarters.map((quarter) => own.find((one) => one.quarter === quarter)?.total),
      ]),
    ],
  };
}
