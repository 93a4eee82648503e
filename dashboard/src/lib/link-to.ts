import { keepRuleSet } from '#lib/components/rule-set-part.ts';
import { pathTo } from '#lib/path-to.ts';
import { page } from '$app/state';

/**
 * A link from the present page: like `pathTo`, and under the rule set that the address bar asks for, so that who reads the second one
 * stays with it. Only in components. The page of rules is asked for sets that no scores are kept under; nothing else is.
 */
export function linkTo(path: `/${string}`): string {
  const { ruleset, ruleSets = [] } = page.data;
  const kept = ruleSets.length > 1 && page.url.searchParams.get('ruleset') === ruleset;
  return pathTo(kept ? keepRuleSet(page.url, path) : path);
}
