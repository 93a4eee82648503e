import type { DataTable } from '@hengjian/contract/data-table.ts';
import type { ItemEntry } from '@hengjian/models/queries/read-items.ts';
import type { Scores } from '@hengjian/models/queries/read-scores.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

/** The matrix for a spreadsheet: unrounded points, then numerator and denominator of each item; state and rules in the notes. */
export function scoreMatrix(locale: Locale, scores: Scores, items: readonly ItemEntry[]): DataTable {
  const { units, quarter, status, cutoff, as_of, ruleset } = scores;
  const text = (key: 'rank' | 'unit' | 'total') => translate(locale, `ranking.col.${key}`);
  const figure = (title: string) => ({ title, kind: 'number' as const });
  const rows = units.map((unit) => [
    unit.rank,
    unit.unit,
    unit.name,
    unit.total,
    ...items.flatMap(({ item }) => {
      const score = unit.items.find((candidate) => candidate.item === item);
      return [score?.points, score?.numerator, score?.denominator];
    }),
  ]);
  return {
    name: `${translate(locale, 'shell.nav.ranking')}-${quarter}`,
    sheet: '排名',
    columns: [
      figure(text('rank')),
      { title: translate(locale, 'download.col.unit'), name: 'unit', kind: 'text' },
      { title: text('unit'), kind: 'text' },
      figure(text('total')),
      ...items.flatMap((entry) => {
        const name = itemName(locale, entry);
        return [
          figure(name),
          figure(`${name} ${translate(locale, 'ranking.csv.numerator')}`),
          figure(`${name} ${translate(locale, 'ranking.csv.denominator')}`),
        ];
      }),
    ],
    batches: [rows],
    notes: [
      ['quarter', quarter],
      ['status', status],
      ['cutoff', cutoff],
      ['as_of', as_of],
      ['ruleset', `${ruleset.id} ${ruleset.version}`],
    ],
  };
}
