import { namedIn } from '#lib/i18n/named-in.ts';
import { translate } from '#lib/i18n/translate.ts';
import { judgingDay } from '#lib/quarter/judging-day.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends, url }) => {
  depends('hengjian:data');
  const { locale, parts, scope, ruleset } = locals;
  const chain = (await parts.acts.chain(scope)).filter(({ snapshot }) => snapshot.ruleset.id === ruleset);
  const { ruleSet } = parts.acts.project(ruleset);
  const years = [...new Set(chain.map(({ record }) => Number(record.quarter.slice(0, 4))))].sort((a, b) => b - a);
  const year = Number(url.searchParams.get('year') || (years[0] ?? judgingDay(null, new Date()).slice(0, 4)));
  const scores = await parts.acts.year(parts.figures, scope, ruleset, year);
  return {
    title: translate(locale, ruleSet.scored ? 'publications.year.title' : 'publications.year.title.rates', { year }),
    years,
    /** Whose rule set has no points has no year: its name. */
    unscored: ruleSet.scored ? '' : ruleSet.data.name[locale === 'en' ? 'en' : 'zh'],
    year: { ...scores, units: namedIn(locale, scores.units) },
  };
};
