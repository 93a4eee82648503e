/** A rule set in which items have limits that the documents give none: what then belongs to the quarter of its deadline. */
import { type RuleSet, withParameters } from '../../ruleset/rule-set.ts';
import type { RateDistrict } from './rates-districts.ts';

/** Workdays: some rows begin in the quarter before. */
const LIMITS: Readonly<Record<string, number>> = {
  ...{ push: 3, notify: 4, dispatch: 5, unreachable: 6, verify_hit: 8, dr_inspect: 10, unlicensed: 2, risk_dispose: 3 },
};

/** The district with a limit for each item of `LIMITS` that has none. */
export function withLimits(district: RateDistrict): RateDistrict {
  return {
    ...district,
    items: district.items.map((item) => {
      const limit = item.limit ?? LIMITS[item.id];
      return limit === undefined ? item : { ...item, limit };
    }),
  };
}

/** The rule set with the limits that the district gives its items. */
export function withLimitsOf(ruleSet: RuleSet, { items }: RateDistrict): RuleSet {
  const limits = items.flatMap(({ id, limit }): [string, number][] => {
    const name = `${id}.deadlineWorkdays`;
    return limit !== undefined && name in ruleSet.parameters ? [[name, limit]] : [];
  });
  return withParameters(ruleSet, Object.fromEntries(limits));
}
