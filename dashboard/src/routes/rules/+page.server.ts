import { may } from '@hengjian/contract/permissions.ts';
import { error } from '@sveltejs/kit';
import { listText } from '#lib/i18n/list-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { PageServerLoad } from './$types';

/** The rule sets at hand, and one of them in full: the asked one, else that which scores. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale, parts } = locals;
  const sets = parts.describeRules();
  const asked = url.searchParams.get('ruleset');
  const found = sets.find(({ id }) => id === (asked || parts.environment.ruleset.split(',')[0]));
  const known = sets.map(({ id }) => id);
  if (asked && !found)
    error(404, translate(locale, 'rules.unknown', { ruleset: asked, known: listText(locale, known) }));
  const shown = found ?? sets[0];
  return {
    title: translate(locale, 'rules.title'),
    sets: sets.map(({ id, name, name_en }) => ({ id, name, name_en })),
    shown,
    mayTry: may(locals.scope, 'publications', 'write'),
  };
};
