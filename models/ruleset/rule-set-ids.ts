/** The value of HENGJIAN_RULESET: ids of rule sets, separated by commas; the first is the default of pages and commands. */
export const DEFAULT_RULE_SET = 'nantong-etdz';

/** Each id once, in order. */
export function ruleSetIds(setting: string): string[] {
  const ids = setting
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  return ids.length > 0 ? [...new Set(ids)] : [DEFAULT_RULE_SET];
}
