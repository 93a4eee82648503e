import { namedIn } from '#lib/i18n/named-in.ts';
import { translate } from '#lib/i18n/translate.ts';
import { shownYear } from '#lib/server/shown-year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends, url }) => {
  depends('hengjian:data');
  const { locale, parts, ruleset } = locals;
  const { ruleSet } = parts.acts.project(ruleset);
  const { years, year } = await shownYear(locals, url);
  return {
    title: translate(locale, ruleSet.scored ? 'publications.year.title' : 'publications.year.title.rates', {
      year: year.year,
    }),
    years,
    /** Whose rule set has no points has no year: its name. */
    unscored: ruleSet.scored ? '' : ruleSet.data.name[locale === 'en' ? 'en' : 'zh'],
    year: { ...year, units: namedIn(locale, year.units) },
  };
};
