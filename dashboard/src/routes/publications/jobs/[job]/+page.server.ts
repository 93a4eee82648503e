import { may } from '@hengjian/contract/permissions.ts';
import { error } from '@sveltejs/kit';
import { refusalText } from '#lib/forms/refusal-text.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) => {
  depends('hengjian:job');
  const { locale, parts, scope } = locals;
  if (!may(scope, 'verification')) error(403, translate(locale, 'error.title.403'));
  const job = parts.acts.jobs.find(params.job);
  if (!job) error(404, translate(locale, 'publications.job.unknown'));
  const { refused, ...rest } = job;
  const what = job.quarter === null ? 'publications.job.verify.all' : (`publications.job.${job.kind}` as const);
  return {
    title: translate(locale, what, { quarter: job.quarter ? formatQuarter(locale, job.quarter) : '' }),
    job: structuredClone(rest),
    problem: refused
      ? refusalText(locale, refused)
      : job.state === 'failed'
        ? translate(locale, 'refusal.failed', { id: job.id })
        : null,
    names: parts.acts.names(job.ruleset),
    mayWrite: may(scope, 'publications', 'write'),
  };
};
