/**
 * A number as every engine reads it: decimal digits without an exponent, as few as name the double.
 *
 * @param value finite; JSON text has no other
 */
export function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const [digits, exponent] = text.split('e') as [string, string?];
  if (exponent === undefined) return text;
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole, fraction = ''] = digits.replace('-', '').split('.') as [string, string?];
  const point = whole.length + Number(exponent);
  const all = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return sign + all.padEnd(point, '0');
}
