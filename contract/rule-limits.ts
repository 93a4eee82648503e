/** What only a rule set knows and the check of an event needs; writers are opened with those of the rule sets in use. */
export interface RuleLimits {
  /** The items for which the office awards marks, and the most points of each. */
  marks: Readonly<Record<string, number>>;
  /** Rule sets in which the area of an event may decide whose it is; one has several where units come and go. */
  regional?: readonly RegionalUnits[];
  /** Units that attach and publish the records of others, because they alone have the duty. */
  publishers?: readonly string[];
  /** Types of events that count by themselves under one of them, whether or not what they speak of is there. */
  alone?: readonly string[];
}

export interface RegionalUnits {
  ruleset: string;
  /** In the order of the rule set. */
  units: readonly { id: string; regions: readonly string[] }[];
}
