import { may } from '@hengjian/contract/permissions.ts';
import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import { explainChange } from '@hengjian/models/scoring/explain-change.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { chooseQuarter, periodBefore } from '#lib/ranking/choose-quarter.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

/** Rows shown of each item's list; the rest is on the item's own page. */
const shownRows = 8;

export const load: PageServerLoad = async ({ locals, params, depends, url }) => {
  depends('hengjian:data');
  const { figures, locale, scope } = locals;
  const { unit } = params;
  const quarters = await figures.periods();
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter'));
  if (quarter === undefined) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter: '–' });
  const before = periodBefore(quarter);
  const [answer, earlier, history, objections] = await Promise.all([
    figures.unitExplanations(quarter, unit, shownRows),
    figures.unitExplanations(before, unit, 1),
    figures.unitHistory(unit, parsePeriod(quarter)?.type),
    locals.parts.acts.objections(scope, locals.ruleset),
  ]);
  if (!answer.ok) refuse(locals, answer, { quarter, unit });
  const { units: all, ...facts } = answer.value.scores;
  const units = namedIn(locale, all);
  const score = units.find((candidate) => candidate.unit === unit);
  if (!score) refuse(locals, { ok: false, reason: 'unknown_unit', detail: '' }, { quarter, unit });
  const codes = answer.value.items.flatMap(({ lost }) => lost.map(({ subject }) => subject ?? ''));
  const subjects = Object.fromEntries(await readSubjectNames(scope, figures.warehouse, codes));
  return {
    title: `${score.name} ${formatQuarter(locale, quarter)}`,
    quarters,
    facts,
    // Of a draft an account of one unit sees no other units, and so not how many there are.
    unitCount: scope.units === 'all' || facts.status !== 'draft' ? units.length : undefined,
    score: { unit, name: score.name, rank: score.rank, total: score.total },
    items: answer.value.items,
    subjects,
    names: Object.fromEntries(units.map((one) => [one.unit, one.name])),
    change:
      score.total !== null && earlier.ok && scope.areas === 'all'
        ? { before, ...explainChange(earlier.value.items, answer.value.items) }
        : undefined,
    earlierNames: earlier.ok ? earlier.value.items.map(({ item, name, name_en }) => ({ item, name, name_en })) : [],
    history,
    mayTakeEvidence: answer.value.scores.status !== 'draft' && may(scope, 'evidence', 'export'),
    objections: objections.filter((one) => one.quarter === quarter && one.unit === unit),
  };
};
