import { csvResponse } from '#lib/csv/csv.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { refusalResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

/** The matrix for a spreadsheet: unrounded points, then numerator and denominator of each item; state and rules in the last rows. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { figures } = locals;
  const [answer, columns] = await Promise.all([figures.scores(params.quarter), figures.items(params.quarter)]);
  if (!answer.ok) return refusalResponse(answer);
  const { locale } = locals;
  const { units, quarter, status, cutoff, as_of, ruleset } = answer.value;
  const head = columns.flatMap((entry) => {
    const name = itemName(locale, entry);
    return [
      name,
      `${name} ${translate(locale, 'ranking.csv.numerator')}`,
      `${name} ${translate(locale, 'ranking.csv.denominator')}`,
    ];
  });
  const rows = units.map((unit) => [
    unit.rank,
    unit.unit,
    unit.name,
    unit.total,
    ...columns.flatMap(({ item }) => {
      const score = unit.items.find((candidate) => candidate.item === item);
      return [score?.points, score?.numerator, score?.denominator];
    }),
  ]);
  const text = (key: 'rank' | 'unit' | 'total') => translate(locale, `ranking.col.${key}`);
  return csvResponse(`${translate(locale, 'shell.nav.ranking')}-${quarter}.csv`, [
    [text('rank'), 'unit', text('unit'), text('total'), ...head],
    ...rows,
    [],
    ['quarter', quarter],
    ['status', status],
    ['cutoff', cutoff],
    ['as_of', as_of],
    ['ruleset', `${ruleset.id} ${ruleset.version}`],
  ]);
};
