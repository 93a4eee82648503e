import { may } from '@hengjian/contract/permissions.ts';
import { error, fail } from '@sveltejs/kit';
import { refusalText } from '#lib/forms/refusal-text.ts';
import { formatDay } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { judgingDay } from '#lib/quarter/judging-day.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends, url }) => {
  depends('hengjian:data');
  const { locale, parts, scope, ruleset } = locals;
  const all = await parts.acts.objections(scope, ruleset);
  const quarter = url.searchParams.get('quarter');
  const state = url.searchParams.get('state');
  const fits = all.filter((one) => (!quarter || one.quarter === quarter) && (!state || one.state === state));
  return {
    title: translate(locale, 'objections.title'),
    // Those that wait first, the soonest due before others; then the newest.
    objections: [
      ...fits
        .filter((one) => one.state === 'open')
        .sort((a, b) => (a.answerUntil ?? '9').localeCompare(b.answerUntil ?? '9')),
      ...fits.filter((one) => one.state !== 'open').reverse(),
    ],
    count: all.length,
    quarter,
    state,
    quarters: [...new Set(all.map((one) => one.quarter))].sort().reverse(),
    names: parts.acts.names(ruleset),
    today: judgingDay(null, new Date()),
    mayAnswer: mayAnswer(scope),
    ownUnits: scope.units === 'all' ? [] : scope.units,
    filed: all.find((one) => one.objectionId === url.searchParams.get('filed')),
  };
};

const mayAnswer = (scope: App.Locals['scope']) => may(scope, 'objection_answers', 'write');

interface Said {
  id: string;
  values: { outcome: string; reason: string };
  problems: { field: string; text: string }[];
  recorded?: string;
}

const FIELDS: Record<string, string> = { unknown_outcome: 'outcome', answer_reason: 'reason' };

export const actions: Actions = {
  async answer({ locals, request }) {
    const { locale, parts, scope, ruleset } = locals;
    if (!mayAnswer(scope)) error(403, translate(locale, 'error.title.403'));
    const form = await request.formData();
    const word = (name: string) => String(form.get(name) ?? '').slice(0, 4000);
    const values = { outcome: word('outcome'), reason: word('reason') };
    const id = word('id');
    const act = await parts.acts.answerObjection(scope, ruleset, { objectionId: id, ...values });
    if (!act.ok) {
      const problem = { field: FIELDS[act.reason] ?? '', text: refusalText(locale, act) };
      return fail(400, { id, values, problems: [problem] } satisfies Said);
    }
    const outcome = translate(locale, `objections.outcome.${values.outcome as 'upheld'}`);
    const until = act.value.answerUntil;
    const late =
      act.value.inTime || until === null
        ? ''
        : ` ${translate(locale, 'objections.answer.late', { until: formatDay(locale, until) })}`;
    const recorded = `${translate(locale, 'objections.answer.recorded', { outcome })}${late}`;
    return { id, values, problems: [], recorded } satisfies Said;
  },

  async withdraw({ locals, request }) {
    const { locale, parts, scope, ruleset } = locals;
    if (!may(scope, 'objections', 'write')) error(403, translate(locale, 'error.title.403'));
    const id = String((await request.formData()).get('id') ?? '');
    const values = { outcome: '', reason: '' };
    const act = await parts.acts.withdrawObjection(scope, ruleset, id);
    if (!act.ok)
      return fail(400, { id, values, problems: [{ field: '', text: refusalText(locale, act) }] } satisfies Said);
    return { id, values, problems: [], recorded: translate(locale, 'objections.withdraw.recorded') } satisfies Said;
  },
};
