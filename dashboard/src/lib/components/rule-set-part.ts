type Asked = { searchParams: Pick<URLSearchParams, 'get'> };

/**
 * What an address that is not the present one needs to stay under the rule set that this one asks for; '' where it asks for none.
 * @param mark '?' where the address asks for nothing else
 */
export function ruleSetPart({ searchParams }: Asked, mark: '?' | '&' = '&'): string {
  const asked = searchParams.get('ruleset');
  return asked ? `${mark}ruleset=${encodeURIComponent(asked)}` : '';
}

/** An address that stays under the rule set that the present one asks for, unless it names one itself. */
export function keepRuleSet<Address extends string>(present: Asked, address: Address): Address {
  const hash = address.indexOf('#');
  const [path, end] = hash < 0 ? [address, ''] : [address.slice(0, hash), address.slice(hash)];
  if (/[?&]ruleset=/.test(path)) return address;
  return `${path}${ruleSetPart(present, path.includes('?') ? '&' : '?')}${end}` as Address;
}
