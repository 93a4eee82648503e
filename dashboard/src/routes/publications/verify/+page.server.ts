import { may } from '@hengjian/contract/permissions.ts';
import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import { error, redirect } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const { locale, parts, scope } = locals;
  if (!may(scope, 'verification')) error(403, translate(locale, 'error.title.403'));
  const [checks, chain] = await Promise.all([parts.acts.checkChain(scope), parts.acts.chain(scope)]);
  return {
    title: translate(locale, 'publications.verify.title'),
    checks,
    quarters: [...new Set(chain.map(({ record }) => record.quarter))].sort().reverse(),
  };
};

export const actions: Actions = {
  async default({ locals, request }) {
    const { locale, parts, scope, ruleset } = locals;
    if (!may(scope, 'verification', 'write')) error(403, translate(locale, 'error.title.403'));
    const asked = String((await request.formData()).get('quarter') ?? '');
    const quarter = parsePeriod(asked)?.id ?? null;
    const job = parts.acts.startJob(scope, { kind: 'verify', quarter, ruleset });
    redirect(303, pathTo(`/publications/jobs/${job.id}`));
  },
};
