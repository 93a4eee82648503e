/** What a draft of a rule set changes, in the words of a table. */
import { subtractExact } from '@hengjian/contract/round-exact.ts';
import type { ComparedFigures, RuleSetComparison } from '@hengjian/models/scoring/compare-rule-sets.ts';
import { formatChange, formatPoints, formatShare, formatWeight } from '../i18n/format.ts';

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
  /** Of points; empty where one side has none. */
  change: string;
}

/** A row a unit where one of the rule sets has totals. */
export function totalRows({ units }: RuleSetComparison): TotalRow[] {
  return units.flatMap(({ unit, name, before, after }) => {
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
export function changedItems({ units }: RuleSetComparison): ChangedItem[] {
  return units.flatMap(({ unit, name, items }) =>
    items
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
      .map(({ item, name: itemName, before, after }) => ({
        unit,
        name,
        item,
        itemName,
        before: before && figuresText(before),
        after: after && figuresText(after),
        change:
          before?.points != null && after?.points != null
            ? formatChange(subtractExact(after.points, before.points))
            : '',
      })),
  );
}

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
