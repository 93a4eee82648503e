/** What only a rule set knows and the check of an event needs; writers are opened with those of the rule sets in use. */
export interface RuleLimits {
  /** The items for which the office awards marks, and the most points of each. */
  marks: Readonly<Record<string, number>>;
}
