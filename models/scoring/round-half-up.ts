/** For display only: half-up to two decimals, from the exact fraction where there is one (6.005 as a float is 6.00499…). */
export function roundHalfUp(exact: string, decimals = 2): string {
  const [numerator, denominator = '1'] = exact.split('/') as [string, string?];
  const scale = 10n ** BigInt(decimals);
  const num = BigInt(numerator) * scale;
  const den = BigInt(denominator);
  const rounded = (2n * num + den) / (2n * den);
  const text = rounded.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
