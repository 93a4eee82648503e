/** What an address that is not the present one needs to stay under the rule set that this one asks for; '' where it asks for none. */
export function ruleSetPart({ searchParams }: { searchParams: Pick<URLSearchParams, 'get'> }): string {
  const asked = searchParams.get('ruleset');
  return asked ? `&ruleset=${encodeURIComponent(asked)}` : '';
}
