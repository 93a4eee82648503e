import type { RuleSetKnowledge } from '@hengjian/ingest/commands/register-ingest-commands.ts';
import type { Environment } from '@hengjian/warehouse';

/** What commands and writers ask of the rule sets in use; loaded by those that do. */
export async function ruleSetKnowledge({
  dataDir,
  ruleset = '',
}: Pick<Environment, 'dataDir'> & Partial<Pick<Environment, 'ruleset'>>): Promise<RuleSetKnowledge> {
  const [{ ruleLimits }, { namedUnits }] = await Promise.all([
    import('@hengjian/models/ruleset/rule-limits.ts'),
    import('@hengjian/models/ruleset/named-units.ts'),
  ]);
  return { limits: () => ruleLimits({ dataDir, ruleset }), units: () => namedUnits({ dataDir, ruleset }) };
}
