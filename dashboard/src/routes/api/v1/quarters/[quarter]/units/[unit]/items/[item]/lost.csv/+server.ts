import { csvResponse } from '#lib/csv/csv.ts';
import { kindName } from '#lib/i18n/kind-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { refusalResponse } from '#lib/server/answer-response.ts';
import type { RequestHandler } from './$types';

/** Every row that cost points, unrounded; of a rule set without points every row that was missed or late. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { quarter, unit, item } = params;
  const answer = await locals.figures.explanation(quarter, unit, item);
  if (!answer.ok) return refusalResponse(answer);
  const t = (key: 'kind' | 'due' | 'happened' | 'points') => translate(locals.locale, `unit.losses.${key}`);
  const title = answer.value.points === null ? 'rates.unit.losses' : 'unit.losses';
  return csvResponse(`${translate(locals.locale, title)}-${quarter}-${unit}-${item}.csv`, [
    [
      t('kind'),
      'kind',
      'key',
      'subject',
      t('due'),
      t('happened'),
      translate(locals.locale, 'unit.clause'),
      'event_source',
      'event_id',
      t('points'),
    ],
    ...answer.value.lost.map((row) => [
      kindName(locals.locale, row.kind),
      row.kind,
      row.key,
      row.subject,
      row.due,
      row.happened,
      row.clause,
      row.event?.source,
      row.event?.id,
      row.points,
    ]),
  ]);
};
