import { may } from '@hengjian/contract/permissions.ts';
import { error, fail, redirect } from '@sveltejs/kit';
import { refusalText } from '#lib/forms/refusal-text.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { chooseQuarter } from '#lib/ranking/choose-quarter.ts';
import { refuse } from '#lib/server/refuse.ts';
import { costliestFirst } from '#lib/unit/lost-list.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_ROWS = 200;
const keyOf = ({ kind, key }: { kind: string; key: string }) => `${kind}:${key}`;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { figures, locale, parts, scope, ruleset } = locals;
  const { unit, item } = params;
  if (!may(scope, 'objections', 'write')) error(403, translate(locale, 'error.title.403'));
  const quarters = await figures.periods();
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter')) ?? '';
  const answer = await figures.explanation(quarter, unit, item);
  if (!answer.ok) refuse(locals, answer, { quarter: quarter || '–', unit, item });
  const { lost, ...explanation } = answer.value;
  const chosen = url.searchParams.getAll('row');
  const first = costliestFirst(lost);
  const rows = [
    ...first.filter((row) => chosen.includes(keyOf(row))),
    ...first.filter((row) => !chosen.includes(keyOf(row))),
  ];
  const name = itemName(locale, explanation);
  return {
    title: translate(locale, 'objections.file.title', { item: name }),
    quarter,
    unit,
    item,
    itemName: name,
    unitName: parts.acts.names(ruleset).units[unit]?.[locale === 'en' ? 'en' : 'zh'] ?? unit,
    points: explanation.points,
    weight: explanation.weight,
    rows: rows.slice(0, MOST_ROWS).map((row) => ({ ...row, id: keyOf(row) })),
    rowCount: rows.length,
    chosen,
    window: await parts.acts.unitWindow(ruleset, quarter, unit),
    own: scope.units !== 'all' && scope.units.includes(unit),
  };
};

const FIELDS: Record<string, string> = { grounds_missing: 'grounds', unknown_row: 'rows' };

export const actions: Actions = {
  async default({ locals, params, request, url }) {
    const { locale, parts, scope, ruleset } = locals;
    if (!may(scope, 'objections', 'write')) error(403, translate(locale, 'error.title.403'));
    const form = await request.formData();
    const grounds = String(form.get('grounds') ?? '').slice(0, 4000);
    const rows = form.getAll('row').map(String);
    const act = await parts.acts.fileObjection(scope, ruleset, {
      quarter: url.searchParams.get('quarter') ?? '',
      unit: params.unit,
      item: params.item,
      grounds,
      rows: rows.map((row) => ({ kind: row.slice(0, row.indexOf(':')), key: row.slice(row.indexOf(':') + 1) })),
    });
    if (!act.ok)
      return fail(400, {
        values: { grounds, rows },
        problems: [{ field: FIELDS[act.reason] ?? '', text: refusalText(locale, act) }],
      });
    redirect(303, pathTo(`/objections?filed=${encodeURIComponent(act.value.objectionId)}&ruleset=${ruleset}`));
  },
};
