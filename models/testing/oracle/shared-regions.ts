/** A rule set in which several units answer for one region: two for the same code, a third for a part of it. */
import type { RuleSet } from '../../ruleset/rule-set.ts';
import type { RateDistrict } from './rates-districts.ts';

/** Of a district whose units have no regions. */
const CODE = '320100';

/** The first three units of the district share a region; of the first two the earlier one has its events (rulesets.md §1 says nothing of equal codes). */
export function sharedRegions(district: RateDistrict): RateDistrict {
  const code = district.units.find(({ regions }) => regions.length > 0)?.regions[0] ?? CODE;
  const shared = [[code], [code], [`${code}003`]];
  return {
    ...district,
    units: district.units.map((unit, n) => (shared[n] ? { ...unit, regions: shared[n] } : unit)),
  };
}

/** The rule set with the regions that the district gives its units. */
export function withRegionsOf(ruleSet: RuleSet, { units }: RateDistrict): RuleSet {
  const regions = new Map(units.map((unit) => [unit.id, [...unit.regions]]));
  const data = {
    ...ruleSet.data,
    units: ruleSet.data.units.map(({ regions: _, ...unit }) => {
      const own = regions.get(unit.id) ?? [];
      return own.length > 0 ? { ...unit, regions: own } : unit;
    }),
  };
  return { ...ruleSet, data };
}
