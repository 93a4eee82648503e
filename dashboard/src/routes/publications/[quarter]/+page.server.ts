import { may } from '@hengjian/contract/permissions.ts';
import { error, fail, redirect } from '@sveltejs/kit';
import { refusalText } from '#lib/forms/refusal-text.ts';
import { formatDay, formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { publicationHead, standingView } from '#lib/publication/publication-view.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('hengjian:data');
  const { locale, parts, scope, ruleset } = locals;
  const { quarter } = params;
  const standings = await parts.acts.standings(scope, ruleset);
  const standing = standings.find((one) => one.quarter === quarter);
  if (!standing) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter });
  return {
    title: translate(locale, 'publications.quarter.title', { quarter: formatQuarter(locale, quarter) }),
    standing: standingView(standing),
    publications: standing.publications.map(publicationHead).reverse(),
    mayWrite: may(scope, 'publications', 'write'),
    mayExport: may(scope, 'publications', 'export'),
    mayCirculate: may(scope, 'circulars'),
    mayVerify: may(scope, 'verification', 'write'),
  };
};

/** What the form that was sent says of itself, under its heading. */
interface Said {
  action: 'show' | 'close' | 'preview' | 'correct' | 'verify';
  values: Record<string, string>;
  problems: { field: string; text: string }[];
  recorded?: string;
}

const word = (form: FormData, name: string) => String(form.get(name) ?? '').slice(0, 4000);

function hold(locals: App.Locals): void {
  if (!may(locals.scope, 'publications', 'write')) error(403, translate(locals.locale, 'error.title.403'));
}

export const actions: Actions = {
  async show({ locals, params }) {
    hold(locals);
    const { locale, parts, scope, ruleset } = locals;
    const act = await parts.acts.showDraft(scope, ruleset, params.quarter);
    if (!act.ok) return fail(400, said('show', {}, refusalText(locale, act)));
    const [on, until] = [formatDay(locale, act.value.shownOn), formatDay(locale, act.value.plainUntil)];
    return { ...said('show', {}), recorded: translate(locale, 'publications.shown', { on, until }) };
  },

  async close({ locals, params, request }) {
    hold(locals);
    const form = await request.formData();
    const reason = word(form, 'reason');
    if (form.get('confirm') !== 'yes')
      return fail(
        400,
        said('close', { reason }, translate(locals.locale, 'publications.close.unconfirmed'), 'confirm'),
      );
    return begin(locals, params.quarter, 'close', reason);
  },

  async preview({ locals, params }) {
    hold(locals);
    return begin(locals, params.quarter, 'preview');
  },

  async correct({ locals, params, request }) {
    hold(locals);
    const reason = word(await request.formData(), 'reason');
    if (reason.trim() === '')
      return fail(
        400,
        said('correct', { reason }, refusalText(locals.locale, { reason: 'correction_reason', values: {} }), 'reason'),
      );
    return begin(locals, params.quarter, 'correct', reason);
  },
};

function said(action: Said['action'], values: Record<string, string>, problem?: string, field = ''): Said {
  return { action, values, problems: problem === undefined ? [] : [{ field, text: problem }] };
}

function begin(
  { parts, scope, ruleset }: App.Locals,
  quarter: string,
  kind: 'close' | 'preview' | 'correct',
  reason?: string,
): never {
  const job = parts.acts.startJob(scope, { kind, quarter, ruleset, reason });
  redirect(303, pathTo(`/publications/jobs/${job.id}`));
}
