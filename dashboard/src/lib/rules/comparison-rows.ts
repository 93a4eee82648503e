/** What a draft of a rule set changes, in the words of a table. */
import { subtractExact } from '@hengjian/contract/round-exact.ts';
import type { ComparedFigures, RuleSetComparison } from '@hengjian/models/scoring/compare-rule-sets.ts';
import { formatChange, formatPoints, formatShare, formatWeight } from '../i18n/format.ts';
import type { Locale } from '../i18n/locale.ts';
import { namedIn } from '../i18n/named-in.ts';
import { translate } from '../i18n/translate.ts';

export interface TotalRow {
  unit: string;
  name: string;
  before: string;
  after: string;
  change: string;
  ranks: string;
}
export interface ChangedItem {
  unit: string;
  name: string;
  item: string;
  itemName: { zh: string; en: string };
  before: string | null;
  after: string | null;
  /** Of points, or of the share by which units are ranked; empty where one side has none. */
  change: string;
}

/** A row a unit where one of the rule sets has totals. */
export function totalRows(locale: Locale, { units }: RuleSetComparison): TotalRow[] {
  return namedIn(locale, units).flatMap(({ unit, name, before, after }) => {
    const [was, is] = [before?.total ?? null, after?.total ?? null];
    if (was === null && is === null) return [];
    return [
      {
        unit,
        name,
        before: was === null ? '–' : formatPoints(was),
        after: is === null ? '–' : formatPoints(is),
        change: was === null || is === null ? '–' : formatChange(subtractExact(is, was)),
        ranks: `${before?.rank ?? '–'} → ${after?.rank ?? '–'}`,
      },
    ];
  });
}

/** The items of units whose figures differ, in the order of the comparison. */
export function changedItems(locale: Locale, { units }: RuleSetComparison): ChangedItem[] {
  return namedIn(locale, units).flatMap(({ unit, name, items }) =>
    items
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
      .map(({ item, name: itemName, before, after }) => ({
        unit,
        name,
        item,
        itemName,
        before: before && figuresText(before),
        after: after && figuresText(after),
        change: before && after ? changeText(locale, before, after) : '',
      })),
  );
}

/** `+0.89`, or of rates `+11.1个百分点`. */
function changeText(locale: Locale, before: ComparedFigures, after: ComparedFigures): string {
  if (before.points !== null && after.points !== null) return formatChange(subtractExact(after.points, before.points));
  const [was, is] = [shareOf(before), shareOf(after)];
  if (was === null || is === null) return '';
  const [n, of] = subtractExact(is, was).split('/') as [string, string];
  return translate(locale, 'whatif.percent_points', { change: formatChange(`${100n * BigInt(n)}/${of}`, 1) });
}

/** t/N, without a deadline n/N, as a fraction. */
const shareOf = ({ points, numerator, denominator, on_time }: ComparedFigures) =>
  points === null && denominator ? `${on_time ?? numerator ?? 0}/${denominator}` : null;

/** `7.39/10 · 16/18 (10) · 88.9%`: points of the attainable ones, n/N and t in brackets, the share, and of a rate its rank. */
function figuresText({ weight, points, numerator, denominator, on_time, rank }: ComparedFigures): string {
  const counts = denominator === null ? null : `${numerator}/${denominator}${on_time === null ? '' : ` (${on_time})`}`;
  return [
    points === null ? null : `${formatPoints(points)}/${weight === null ? '–' : formatWeight(weight)}`,
    counts,
    points === null && denominator ? formatShare(on_time ?? numerator ?? 0, denominator) : null,
    rank === null ? null : `#${rank}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
