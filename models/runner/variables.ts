/** Values a model takes by `var('…')`: the quarter it is built for, and every parameter of the rule set. */
import type { Quarter } from '../calendar/quarter.ts';
import { PARAMETERS } from '../ruleset/parameters.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';

const QUARTER_VARIABLES = ['quarter', 'year', 'quarter_start', 'quarter_end', 'cutoff', 'as_of', 'slices', 'slice'];
const RULE_SET_VARIABLES = ['ruleset_id', 'badge_small_n', 'badge_near_threshold'];

export const VARIABLES: ReadonlySet<string> = new Set([
  ...QUARTER_VARIABLES,
  ...RULE_SET_VARIABLES,
  ...Object.keys(PARAMETERS),
]);

/** Beyond every event: the cut-off of a quarter that is still running, the as-of of "everything". */
export const FAR_FUTURE = '2199-12-31 23:59:59.999999';

export interface QuarterScope {
  quarter: Quarter;
  /** Local wall time `YYYY-MM-DD hh:mm:ss.ffffff` of the last microsecond that counts, or null while it is not known. */
  cutoff: string | null;
  /** Events recorded later are not seen. */
  asOf: string | null;
}

/** SQL literals. Texts come from checked rule sets and quarters only, and are quoted all the same. */
export function variablesOf(ruleSet: RuleSet, scope: QuarterScope | null): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(ruleSet.parameters))
    values.set(name, typeof value === 'number' ? String(value) : quote(String(value)));
  values.set('ruleset_id', quote(ruleSet.id));
  values.set('badge_small_n', String(ruleSet.data.badges.small_n));
  values.set('badge_near_threshold', String(ruleSet.data.badges.near_threshold));
  if (scope) {
    values.set('quarter', quote(scope.quarter.id));
    values.set('year', String(scope.quarter.year));
    values.set('quarter_start', `toDate32(${quote(scope.quarter.start)})`);
    values.set('quarter_end', `toDate32(${quote(scope.quarter.end)})`);
    values.set('cutoff', moment(scope.cutoff ?? FAR_FUTURE));
    // All in one; a build in slices sets its own.
    values.set('slices', '1');
    values.set('slice', '0');
    values.set('as_of', moment(scope.asOf ?? FAR_FUTURE));
  }
  return values;
}

function moment(text: string): string {
  return `toDateTime64(${quote(text)}, 6, 'Asia/Shanghai')`;
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
