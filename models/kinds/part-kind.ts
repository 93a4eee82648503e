/** What a kind of part adds to the rule set schema and to the seeds; its SQL stands beside it (docs/rule-sets.md). */
import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { TProperties } from 'typebox';
import type { Parameters, ParameterValue } from '../ruleset/parameters.ts';
import type { RuleSetPart } from '../ruleset/schema.ts';

export interface PartKind {
  /** Members that only parts of this kind have, as optional TypeBox properties. */
  members: TProperties;
  /** Parameters the kind reads, by name. */
  parameters?: Parameters;
  /** Lost kinds that are the kind's own, not a measure's. */
  lost?: readonly string[];
  /** false: the part names its measures in its own members. */
  measured?: boolean;
  /** false: the part is a rate that is ranked and gives no points. */
  pointed?: boolean;
  /** The part keeps its points when weights are reallocated and `realloc.scaleTimely` is false. */
  keepsPoints?: boolean;
  /** With `zeroDue: reallocate` an item that shows such a part leaves when nothing is due. */
  leavesWhenEmpty?: boolean;
  /** What is wrong with a part, each as a clause that follows its name. */
  problems?(part: RuleSetPart, parameters: Parameters): string[];
  /** Measures named in the kind's own members. */
  measures?(part: RuleSetPart): string[];
  /** Lost kinds named in the kind's own members, with the measure they must belong to. */
  lostKinds?(part: RuleSetPart): { measure: string; lost: string }[];
  /** What the kind's SQL reads from the column `options`; amounts of points as decimal text. */
  options?(part: RuleSetPart, rules: PartRules): Record<string, unknown>;
  /** Whether an awarded mark decides the part: `always`, only while the count is zero, or not at all. */
  takesMark?(part: RuleSetPart): 'always' | 'at_zero' | '';
  /** The count from which the part fills its whole item, or null. */
  fillsAt?(part: RuleSetPart, rules: PartRules): number | null;
}

export interface PartRules {
  parameters: Readonly<Record<string, ParameterValue>>;
  /** The name under which the ledger holds what `measure` counts for the part's item. */
  binding(measure: string): string;
}

/** Six decimals, as the schema admits. */
export function decimal(value: number): string {
  return roundExact(value, 6);
}
