import type { DataNote, DataTable } from '@hengjian/contract/data-table.ts';
import type { ItemEntry } from '@hengjian/models/queries/read-items.ts';
import type { Scores } from '@hengjian/models/queries/read-scores.ts';
import { bracketed } from '#lib/i18n/bracketed.ts';
import { formatCutoff, formatMoment, formatQuarter } from '#lib/i18n/format.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';
import { hasNoPoints } from '#lib/rates/rate-matrix.ts';
import type { RuleSetName } from '#lib/server/parts.ts';

/**
 * The matrix for a spreadsheet: unrounded points, then numerator and denominator of each item; of a rule set without points what ranks the
 * units in each item. State and rules in the notes.
 */
export function scoreMatrix(
  locale: Locale,
  scores: Scores,
  items: readonly ItemEntry[],
  ruleSets: readonly RuleSetName[],
): DataTable {
  const { units, quarter } = scores;
  if (hasNoPoints(units)) return rateMatrix(locale, scores, items, ruleSets);
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
    notes: notesOf(locale, scores, ruleSets),
  };
}

/** n, N, t and rank of each item; no total, since the document sets no points. */
function rateMatrix(
  locale: Locale,
  scores: Scores,
  items: readonly ItemEntry[],
  ruleSets: readonly RuleSetName[],
): DataTable {
  const { units, quarter } = scores;
  const title = (column: 'numerator' | 'denominator' | 'on_time' | 'item_rank' | 'unit' | 'unit_name' | 'total') =>
    translate(locale, `download.col.${column}`);
  return {
    name: `${translate(locale, 'rates.sheet')}-${quarter}`,
    sheet: '指标',
    columns: [
      { title: title('unit'), name: 'unit', kind: 'text' },
      { title: title('unit_name'), kind: 'text' },
      ...items.flatMap((entry) =>
        (['numerator', 'denominator', 'on_time', 'item_rank'] as const).map((column) => ({
          title: `${itemName(locale, entry)} ${title(column)}`,
          kind: 'number' as const,
        })),
      ),
    ],
    batches: [
      units.map(({ unit, name, items: own }) => [
        unit,
        name,
        ...items.flatMap(({ item }) => {
          const rate = own.find((candidate) => candidate.item === item);
          return [rate?.numerator, rate?.denominator, rate?.on_time, rate?.rank];
        }),
      ]),
    ],
    notes: [
      ...notesOf(locale, scores, ruleSets),
      { title: title('total'), text: translate(locale, 'rates.no_points'), plain: ['total', null] },
    ],
  };
}

/** What the page says above the same table, in words; in CSV as the interface for programs names it. */
function notesOf(
  locale: Locale,
  { quarter, status, cutoff, as_of, ruleset }: Scores,
  ruleSets: readonly RuleSetName[],
): DataNote[] {
  const named = ruleSets.find(({ id }) => id === ruleset.id)?.name;
  const name = (locale === 'en' ? named?.en : named?.zh) ?? ruleset.id;
  const state = translate(locale, `ranking.status.${status}`);
  return [
    {
      title: translate(locale, 'download.col.quarter'),
      text: formatQuarter(locale, quarter),
      plain: ['quarter', quarter],
    },
    {
      title: translate(locale, 'download.note.status'),
      text: status === 'draft' ? bracketed(locale, state, translate(locale, 'ranking.status.draft.meaning')) : state,
      plain: ['status', status],
    },
    {
      title: translate(locale, 'download.note.cutoff'),
      text: cutoff === null ? translate(locale, 'ranking.cutoff.open') : formatCutoff(locale, cutoff),
      plain: ['cutoff', cutoff],
    },
    {
      title: translate(locale, 'download.note.as_of'),
      text: as_of === '' ? null : formatMoment(locale, as_of),
      plain: ['as_of', as_of],
    },
    {
      title: translate(locale, 'download.col.ruleset'),
      text: translate(locale, 'download.note.ruleset', { name, version: ruleset.version }),
      plain: ['ruleset', `${ruleset.id} ${ruleset.version}`],
    },
  ];
}
