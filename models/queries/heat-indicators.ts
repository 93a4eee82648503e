import { hasDeadline } from '../ruleset/has-deadline.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';

/** How a weekly indicator is made of the figures of `serving_unit_days`. */
export interface HeatIndicator {
  /** Of an item without points: its id, and `ID.timely` of what was in time. */
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
  /** Of an item without points: its name. The others have texts of their own. */
  name?: { zh: string; en: string };
}

const indicators = [
  {
    id: 'login',
    from: 'login',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    complete: true,
    item: 'login',
  },
  { id: 'claim', from: 'claim', numerator: 'done', denominator: 'counted', kind: 'achieved', item: 'claim' },
  { id: 'claim_timely', from: 'claim', numerator: 'on_time', denominator: 'done', kind: 'achieved', item: 'claim' },
  { id: 'feedback', from: 'feedback', numerator: 'done', denominator: 'counted', kind: 'achieved', item: 'feedback' },
  {
    id: 'feedback_timely',
    from: 'feedback',
    numerator: 'on_time',
    denominator: 'done',
    kind: 'achieved',
    item: 'feedback',
  },
  { id: 'licence', from: 'licence', numerator: 'done', denominator: 'counted', kind: 'achieved', item: 'licence' },
  {
    id: 'licence_late',
    from: 'entered_licence',
    numerator: 'late',
    denominator: 'counted',
    kind: 'late',
    item: 'licence',
  },
  {
    id: 'dishonest',
    from: 'dishonest',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    item: 'dishonest',
  },
  {
    id: 'dishonest_late',
    from: 'entered_dishonest',
    numerator: 'late',
    denominator: 'counted',
    kind: 'late',
    item: 'dishonest',
  },
  {
    id: 'publication',
    from: 'publication',
    numerator: 'done',
    denominator: 'counted',
    kind: 'achieved',
    item: 'dr_publish',
  },
  {
    id: 'publication_timely',
    from: 'publication',
    numerator: 'on_time',
    denominator: 'done',
    kind: 'achieved',
    item: 'dr_publish',
  },
  { id: 'inspections', from: 'inspections', numerator: 'counted', kind: 'count', item: 'dr_single' },
  { id: 'published', from: 'published', numerator: 'counted', kind: 'count', item: 'dr_publish' },
  { id: 'unlicensed', from: 'unlicensed', numerator: 'counted', kind: 'count', item: 'unlicensed' },
] as const satisfies readonly HeatIndicator[];

/** Those of rule sets with points, which have texts of their own. */
export type HeatIndicatorId = (typeof indicators)[number]['id'];

export const heatIndicators: readonly (HeatIndicator & { id: HeatIndicatorId })[] = indicators;

/** The indicators of the weekly heat map, in the order of the items; of a rule set without points the items themselves. */
export function heatIndicatorsOf(ruleSet: RuleSet): readonly HeatIndicator[] {
  if (ruleSet.scored) return heatIndicators;
  return ruleSet.data.items
    .filter(({ on }) => on !== false)
    .flatMap(({ id, name, parts: [part] }): HeatIndicator[] => {
      const common = { from: `item:${id}`, kind: 'achieved', item: id, name, denominator: 'counted' } as const;
      const complete = part?.complete === true ? { complete: true } : {};
      const done: HeatIndicator = { ...common, ...complete, id, numerator: 'done' };
      return hasDeadline(ruleSet, id, part) ? [done, { ...done, id: `${id}.timely`, numerator: 'on_time' }] : [done];
    });
}
