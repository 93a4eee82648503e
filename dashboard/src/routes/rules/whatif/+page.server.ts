import { may } from '@hengjian/contract/permissions.ts';
import { error, fail, redirect } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_BYTES = 256 * 1024;

function hold({ locale, scope }: App.Locals): void {
  if (!may(scope, 'publications', 'write')) error(403, translate(locale, 'error.title.403'));
}

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  hold(locals);
  const { figures, locale, parts } = locals;
  return {
    title: translate(locale, 'whatif.title'),
    quarters: (await figures.quarters()).map(({ quarter }) => quarter),
    sets: parts.describeRules().map(({ id, name, name_en }) => ({ id, name, name_en })),
  };
};

export const actions: Actions = {
  async default({ locals, request }) {
    hold(locals);
    const { figures, locale, parts, ruleset, scope } = locals;
    const form = await request.formData();
    const id = String(form.get('set') ?? '').slice(0, 64);
    const quarter = String(form.get('quarter') ?? '').slice(0, 8);
    const file = form.get('file');
    const sent = file instanceof File && file.size > 0 ? file : undefined;
    const refused = (field: string, ...texts: string[]) =>
      fail(400, { values: { set: id, quarter }, problems: texts.map((text) => ({ field, text })) });
    if (!(await figures.quarters()).some((entry) => entry.quarter === quarter))
      return refused('quarter', translate(locale, 'whatif.problem.quarter'));
    if (!sent && id === '') return refused('file', translate(locale, 'whatif.problem.none'));
    if (sent && id !== '') return refused('file', translate(locale, 'whatif.problem.both'));
    if (sent && sent.size > MOST_BYTES) return refused('file', translate(locale, 'whatif.problem.large'));
    const draft = sent ? { text: await sent.text(), name: sent.name } : { id };
    const begun = parts.whatIf.start(scope, ruleset, quarter, draft);
    if (!begun.ok) {
      const texts = begun.problems.map((why) => translate(locale, 'whatif.problem.draft', { why }));
      return refused(sent ? 'file' : 'set', ...texts);
    }
    redirect(303, pathTo(`/publications/jobs/${begun.job.id}`));
  },
};
