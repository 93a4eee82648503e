import type { RuleSetName } from './parts.ts';

/**
 * The rule set whose scores are shown, by id.
 * @param asked in the address; null where the address names none
 * @param chosen earlier in this browser; forgotten without a word once it is no longer kept
 * @returns undefined where the address asks for one that is not kept up to date
 */
export function chooseRuleSet(
  ruleSets: readonly Pick<RuleSetName, 'id'>[],
  asked: string | null,
  chosen: string | undefined,
): string | undefined {
  const known = (id: string | null | undefined) => ruleSets.some((candidate) => candidate.id === id);
  if (asked !== null) return known(asked) ? asked : undefined;
  return known(chosen) ? chosen : ruleSets[0]?.id;
}
