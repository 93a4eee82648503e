import { CommandError, type Environment } from '@hengjian/warehouse';

/** Scores of other rules than those asked for would be wrong without a word; no scores at all are found out late. */
export async function refuseUnknownRuleSet({ ruleset, dataDir }: Environment): Promise<void> {
  const { findRuleSet } = await import('@hengjian/models/ruleset/load-rule-sets.ts');
  const { ruleSetIds } = await import('@hengjian/models/ruleset/rule-set-ids.ts');
  try {
    for (const id of ruleSetIds(ruleset)) findRuleSet(id, dataDir);
  } catch (error) {
    throw new CommandError(`HENGJIAN_RULESET: ${(error as Error).message}`);
  }
}
