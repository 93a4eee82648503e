import { CommandError, type Environment } from '@hengjian/warehouse';
import { findRuleSet } from './load-rule-sets.ts';
import { RuleSetError } from './rule-set.ts';

export interface NamedUnit {
  id: string;
  name: string;
  aliases: readonly string[];
}

/** The units of the rule set that pages and commands go by, with what tables call them. @throws CommandError */
export function namedUnits({ ruleset, dataDir }: Pick<Environment, 'ruleset' | 'dataDir'>): NamedUnit[] {
  try {
    const [first] = ruleset.split(',') as [string];
    return findRuleSet(first.trim(), dataDir).data.units.map(({ id, name, aliases = [] }) => ({ id, name, aliases }));
  } catch (error) {
    if (error instanceof RuleSetError) throw new CommandError(error.message, 2);
    throw error;
  }
}
