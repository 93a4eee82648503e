import { readDeadlineDays } from '@hengjian/models/queries/read-deadline-days.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import { deadlineLengths } from '@hengjian/models/ruleset/deadline-lengths.ts';
import { jeffreysInterval } from '@hengjian/models/stats/jeffreys-interval.ts';
import { wilsonInterval } from '@hengjian/models/stats/wilson-interval.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { judgingDay } from '#lib/quarter/judging-day.ts';
import { chooseQuarter } from '#lib/ranking/choose-quarter.ts';
import { isRate } from '#lib/ranking/rate-interval.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { refuse } from '#lib/server/refuse.ts';
import { costliestFirst, lostPage, searchLost, sumByKind } from '#lib/unit/lost-list.ts';
import type { PageServerLoad } from './$types';

/** Names of so many subjects are looked up for a search; beyond, codes and numbers alone are searched. */
const NAMED = 5_000;

export const load: PageServerLoad = async ({ locals, params, depends, url }) => {
  depends('hengjian:data');
  const { figures, locale, parts, scope } = locals;
  const { unit, item } = params;
  const quarters = await figures.periods();
  const quarter = chooseQuarter(quarters, url.searchParams.get('quarter')) ?? '';
  const [answer, scores, objections, window] = await Promise.all([
    figures.explanation(quarter, unit, item),
    figures.scores(quarter),
    parts.acts.objections(scope, locals.ruleset),
    parts.acts.unitWindow(locals.ruleset, quarter, unit),
  ]);
  if (!answer.ok) refuse(locals, answer, { quarter: quarter || '–', unit, item });
  if (!scores.ok) refuse(locals, scores, { quarter });
  const { lost, ...explanation } = answer.value;
  const { units, ...facts } = scores.value;
  const kinds = sumByKind(lost);
  const kind = kinds.find((sum) => sum.kind === url.searchParams.get('kind'))?.kind ?? null;
  const names = Object.fromEntries(namedIn(locale, units).map((one) => [one.unit, one.name]));
  const name = names[unit] ?? unit;
  const q = url.searchParams.get('q') ?? '';
  const codesOf = (rows: typeof lost) => [...new Set(rows.flatMap(({ subject }) => (subject ? [subject] : [])))];
  const every = q === '' ? [] : codesOf(lost);
  const found = searchLost(
    costliestFirst(lost),
    q,
    every.length > NAMED ? new Map() : await readSubjectNames(scope, figures.warehouse, every),
  );
  const list = lostPage(found, kind, Number(url.searchParams.get('page') ?? 1));
  const codes = codesOf(list.rows);
  const chosen = list.rows[Number(url.searchParams.get('row') ?? 0) - 1];
  const days =
    chosen &&
    (await readDeadlineDays(figures.warehouse, scope, { ruleset: locals.ruleset, quarter, unit }, chosen, (start) =>
      deadlineLengths(quarterRules(locals, quarter), item, start),
    ));
  return {
    title: `${name} ${itemName(locale, explanation)}`,
    quarters,
    facts,
    unitName: name,
    names,
    explanation,
    kinds,
    intervals: intervalsOf(explanation),
    objections: objections.filter((one) => one.quarter === quarter && one.unit === unit && one.item === item),
    mayObject: window?.open === true && scope.units !== 'all' && scope.units.includes(unit),
    today: judgingDay(null, new Date()),
    kind,
    q,
    list,
    deadline: chosen && days ? { row: chosen, days } : undefined,
    subjects: Object.fromEntries(await readSubjectNames(scope, figures.warehouse, codes)),
    enough: parts.acts.enough(locals.ruleset, explanation),
  };
};

function intervalsOf({ numerator, denominator }: { numerator: number | null; denominator: number | null }) {
  if (numerator === null || denominator === null || !isRate(numerator, denominator)) return undefined;
  return {
    n: numerator,
    of: denominator,
    wilson: wilsonInterval(numerator, denominator)!,
    jeffreys: jeffreysInterval(numerator, denominator)!,
  };
}
