/** Which pages a rule set has beyond those that all have: each shows what only some documents ask for. */
import { itemsCounting } from './items-counting.ts';
import type { RuleSet } from './rule-set.ts';

export const RATE_PAGES = ['funnel', 'places', 'tableau', 'loop', 'backfill'] as const;
export type RatePage = (typeof RATE_PAGES)[number];

/** Measures of which one makes a rule set have the page. */
const MEASURES = {
  funnel: ['claim', 'push_claim'],
  tableau: ['department_coverage'],
  loop: ['punishment_receipt', 'punishment_loop'],
  backfill: ['record_backfill'],
} as const;

/** In the tableau, in this order: coverage, entered in full, published in full, standards kept (004 二1, 三3). */
const TABLEAU = ['department_coverage', 'record_attachment', 'record_publication', 'data_quality'];

export function ratePages({ data, bindings }: Pick<RuleSet, 'data' | 'bindings'>): RatePage[] {
  return RATE_PAGES.filter((page) =>
    page === 'places'
      ? (data.tables ?? []).length > 0
      : bindings.some(({ measure }) => (MEASURES[page] as readonly string[]).includes(measure)),
  );
}

export interface TableauItem {
  item: string;
  measure: string;
}

/** The items of the tableau, in its order. */
export function tableauItems(ruleSet: Pick<RuleSet, 'data'>): TableauItem[] {
  return TABLEAU.flatMap((measure) => itemsCounting(ruleSet, measure).map(({ id }) => ({ item: id, measure })));
}
