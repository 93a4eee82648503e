import { listQuarters } from '@hengjian/models/queries/list-quarters.ts';
import { readExplanation } from '@hengjian/models/queries/read-explanation.ts';
import { readScores, seesUnit } from '@hengjian/models/queries/read-scores.ts';
import { readUnitHistory } from '@hengjian/models/queries/read-unit-history.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { chooseQuarter } from '#lib/ranking/choose-quarter.ts';
import { itemColumns } from '#lib/ranking/item-order.ts';
import { refuse } from '#lib/server/refuse.ts';
import { sumByKind } from '#lib/unit/lost-list.ts';
import type { PageServerLoad } from './$types';

/** Rows shown of each item's list; the rest is on the item's own page. */
const shownRows = 8;

export const load: PageServerLoad = async ({ locals, params, depends, url }) => {
  depends('hengjian:data');
  const { locale, parts, scope } = locals;
  const { unit } = params;
  const quarters = await listQuarters(parts.reader, scope);
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter')) ?? '';
  if (!seesUnit(scope, unit)) refuse(locals, { ok: false, reason: 'forbidden', detail: '' }, { unit });
  const [scores, history] = await Promise.all([
    readScores(parts.reader, scope, quarter),
    readUnitHistory(parts.reader, scope, unit),
  ]);
  if (!scores.ok) refuse(locals, scores, { quarter: quarter || '–' });
  const score = scores.value.units.find((candidate) => candidate.unit === unit);
  if (!score) refuse(locals, { ok: false, reason: 'unknown_unit', detail: '' }, { unit, quarter });

  const order = itemColumns(scores.value).map(({ item }) => item);
  const items = await Promise.all(
    score.items
      .toSorted((a, b) => order.indexOf(a.item) - order.indexOf(b.item))
      .map(async ({ item }) => {
        const answer = await readExplanation(parts.reader, scope, quarter, unit, item);
        if (!answer.ok) refuse(locals, answer, { quarter, unit, item });
        const { lost, ...explanation } = answer.value;
        return { ...explanation, kinds: sumByKind(lost), lost: lost.slice(0, shownRows), lostCount: lost.length };
      }),
  );
  const { units, ...facts } = scores.value;
  return {
    title: `${score.name} ${formatQuarter(locale, quarter)}`,
    quarters,
    facts,
    unitCount: units.length,
    score: { unit, name: score.name, rank: score.rank, total: score.total },
    items,
    history,
  };
};
