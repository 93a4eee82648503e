/** The tableau of a rule set without points: each indicator summed over its units, with who falls short. */
import type { UnitScore } from '@hengjian/models/queries/read-scores.ts';
import type { TableauItem } from '@hengjian/models/ruleset/rate-pages.ts';
import { type ShareLevel, shareLevel } from '#lib/ranking/share-level.ts';

export interface TableauCard extends TableauItem {
  numerator: number;
  denominator: number;
  /** t; null where the item has no deadline. */
  onTime: number | null;
  level: ShareLevel | 'none';
  /** Units with something due. */
  units: number;
  /** Of these, units below the target that the document sets. */
  below: number;
}

export function tableauCards(units: readonly UnitScore[], items: readonly TableauItem[]): TableauCard[] {
  return items.map(({ item, measure }) => {
    const own = units.flatMap(({ items: scores }) => scores.filter((score) => score.item === item));
    const due = own.filter(({ denominator }) => (denominator ?? 0) > 0);
    const sum = (figure: (score: (typeof own)[number]) => number | null) =>
      due.reduce((total, score) => total + (figure(score) ?? 0), 0);
    const [numerator, denominator] = [sum((score) => score.numerator), sum((score) => score.denominator)];
    const timed = due.some(({ on_time }) => on_time !== null);
    return {
      item,
      measure,
      numerator,
      denominator,
      onTime: timed ? sum((score) => score.on_time) : null,
      level: shareLevel(denominator > 0 ? numerator / denominator : null),
      units: due.length,
      below: due.filter(({ badges }) => badges.includes('below_target')).length,
    };
  });
}
