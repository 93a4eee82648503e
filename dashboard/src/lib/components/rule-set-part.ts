/**
 * What an address that is not the present one needs to stay under the rule set that this one asks for; '' where it asks for none.
 * @param mark '?' where the address asks for nothing else
 */
export function ruleSetPart(
  { searchParams }: { searchParams: Pick<URLSearchParams, 'get'> },
  mark: '?' | '&' = '&',
): string {
  const asked = searchParams.get('ruleset');
  return asked ? `${mark}ruleset=${encodeURIComponent(asked)}` : '';
}
