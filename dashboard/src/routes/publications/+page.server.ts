import { may } from '@hengjian/contract/permissions.ts';
import { parseQuarter } from '@hengjian/models/calendar/quarter.ts';
import { translate } from '#lib/i18n/translate.ts';
import { publicationHead, standingView } from '#lib/publication/publication-view.ts';
import type { PageServerLoad } from './$types';

const yearOf = ({ record }: { record: { quarter: string } }) => parseQuarter(record.quarter)?.year ?? [];

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const { locale, parts, scope, ruleset } = locals;
  const [standings, chain] = await Promise.all([parts.acts.standings(scope, ruleset), parts.acts.chain(scope)]);
  const own = chain.filter(({ snapshot }) => snapshot.ruleset.id === ruleset);
  return {
    title: translate(locale, 'publications.title'),
    standings: standings.map(standingView),
    chain: chain.map(publicationHead).reverse(),
    // A year is what the totals of its quarters make.
    years: parts.acts.project(ruleset).ruleSet.scored ? [...new Set(own.flatMap(yearOf))].sort().reverse() : [],
    mayExport: may(scope, 'publications', 'export'),
    mayVerify: may(scope, 'verification'),
  };
};
