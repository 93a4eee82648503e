import { everHasDeadline } from '../ruleset/has-deadline.ts';
import { itemsCounting } from '../ruleset/items-counting.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { RuleSetItem, RuleSetPart } from '../ruleset/schema.ts';

/** How a weekly indicator is made of the figures of `serving_unit_days`. */
export interface HeatIndicator {
  /** Of an item: its id, and `ID.timely` of what was in time. */
  id: string;
  /** Indicator of the serving model. */
  from: string;
  /** `late` = counted − on time. */
  numerator: 'counted' | 'done' | 'on_time' | 'late';
  /** Absent for a plain count. */
  denominator?: 'counted' | 'done';
  /** Whether a high share is good (`achieved`) or bad (`late`), or the figure is a plain `count`. */
  kind: 'achieved' | 'late' | 'count';
  /** The denominator is all there is (workdays of a week), not a sample of cases. */
  complete?: boolean;
  /** Scoring item whose explanation lists the cases. */
  item?: string;
  /** Of an item: its name. The others have texts of their own. */
  name?: { zh: string; en: string };
}

/** What can be shown of rule sets with points, by the measure that an item counts. */
const SCORED = [
  {
    id: 'login',
    from: 'login',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    complete: true,
    measure: 'login',
  },
  { id: 'claim', from: 'claim', numerator: 'done', denominator: 'counted', kind: 'achieved', measure: 'claim' },
  { id: 'claim_timely', from: 'claim', numerator: 'on_time', denominator: 'done', kind: 'achieved', measure: 'claim' },
  {
    id: 'feedback',
    from: 'feedback',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    measure: 'feedback',
  },
  {
    id: 'feedback_timely',
    from: 'feedback',
    numerator: 'on_time',
    denominator: 'done',
    kind: 'achieved',
    measure: 'feedback',
  },
  { id: 'licence', from: 'licence', numerator: 'done', denominator: 'counted', kind: 'achieved', measure: 'licence' },
  {
    id: 'licence_late',
    from: 'entered_licence',
    numerator: 'late',
    denominator: 'counted',
    kind: 'late',
    measure: 'licence',
  },
  {
    id: 'dishonest',
    from: 'dishonest',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    measure: 'dishonest',
  },
  {
    id: 'dishonest_late',
    from: 'entered_dishonest',
    numerator: 'late',
    denominator: 'counted',
    kind: 'late',
    measure: 'dishonest',
  },
  {
    id: 'publication',
    from: 'publication',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    measure: 'publication',
  },
  {
    id: 'publication_timely',
    from: 'publication',
    numerator: 'on_time',
    denominator: 'done',
    kind: 'achieved',
    measure: 'publication',
  },
  { id: 'inspections', from: 'inspections', numerator: 'counted', kind: 'count', measure: 'inspection' },
  { id: 'published', from: 'published', numerator: 'counted', kind: 'count', measure: 'publication' },
  { id: 'unlicensed', from: 'unlicensed', numerator: 'counted', kind: 'count', measure: 'unlicensed' },
] as const satisfies readonly (HeatIndicator & { measure: string })[];

/** Those of rule sets with points, which have texts of their own. */
export type HeatIndicatorId = (typeof SCORED)[number]['id'];
export const HEAT_INDICATOR_IDS: readonly HeatIndicatorId[] = SCORED.map(({ id }) => id);

/**
 * The indicators of the weekly heat map: of a rule set with points those of the measures that have texts of their own, then its other
 * items that give points by a share; of a rule set without points the items, in their order.
 */
export function heatIndicatorsOf(ruleSet: RuleSet): readonly HeatIndicator[] {
  const known = SCORED.flatMap(({ measure, ...indicator }): HeatIndicator[] => {
    const [item] = ruleSet.scored ? itemsCounting(ruleSet, measure) : [];
    return item ? [{ ...indicator, item: item.id }] : [];
  });
  const items = ruleSet.data.items.filter(({ on }) => on !== false);
  return [...known, ...items.flatMap((item) => itemIndicators(ruleSet, item))];
}

/** Of the figures that the serving model keeps under `item:ID`. */
function itemIndicators(ruleSet: RuleSet, { id, name, parts }: RuleSetItem): HeatIndicator[] {
  const part = parts.find(({ shown }) => shown) ?? parts[0];
  if (ruleSet.scored && !givesShare(ruleSet, part)) return [];
  const common = { from: `item:${id}`, kind: 'achieved', item: id, name, denominator: 'counted' } as const;
  const complete = part?.complete === true ? { complete: true } : {};
  const done: HeatIndicator = { ...common, ...complete, id, numerator: 'done' };
  // The weeks of several quarters stand beside each other.
  return everHasDeadline(ruleSet, id, part?.measure)
    ? [done, { ...done, id: `${id}.timely`, numerator: 'on_time' }]
    : [done];
}

/** Points by n/N of a measure that is not among those above. */
function givesShare({ catalogue }: RuleSet, part: RuleSetPart | undefined): boolean {
  const known: readonly (string | undefined)[] = SCORED.map(({ measure }) => measure);
  return catalogue.kinds.get(part?.kind ?? '')?.leavesWhenEmpty === true && !known.includes(part?.measure);
}
