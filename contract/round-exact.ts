/**
 * The one rounding of points and rates, for pages, files and commands: exact, halves away from zero. The
 * same number shows the same digits everywhere.
 */

/**
 * A number as it is known: a whole number, a decimal (`-2.5`), a fraction (`17568827/210450`), or a double, which stands for
 * the shortest decimal that reads back as it. A double next to a fraction rounds as the fraction does: what lies on a half
 * is a short decimal.
 */
export type Exact = string | number | bigint;

interface Ratio {
  n: bigint;
  /** Above 0. */
  d: bigint;
}

/** @returns the number with that many decimals; zero has no sign */
export function roundExact(exact: Exact, digits = 2): string {
  return decimalText(rounded(ratioOf(exact), digits), digits);
}

/** a − b as a fraction. */
export function subtractExact(a: Exact, b: Exact): string {
  const [left, right] = [ratioOf(a), ratioOf(b)];
  return `${left.n * right.d - right.n * left.d}/${left.d * right.d}`;
}

/**
 * A part of a whole above 0, as `92.0%`: one decimal, and as many more as it takes that only a whole reads 100 % and only
 * nothing reads 0 %.
 */
export function percentText(part: Exact, whole: Exact): string {
  const [a, b] = [ratioOf(part), ratioOf(whole)];
  const percent = { n: 100n * a.n * b.d, d: a.d * b.n };
  const isWhole = percent.n === 100n * percent.d;
  let digits = 1;
  for (; ; digits += 1) {
    const shown = rounded(percent, digits);
    const claimsWhole = shown === 100n * 10n ** BigInt(digits) && !isWhole;
    const claimsNothing = shown === 0n && percent.n !== 0n;
    if (!claimsWhole && !claimsNothing) return `${decimalText(shown, digits)}%`;
  }
}

function ratioOf(exact: Exact): Ratio {
  if (typeof exact === 'bigint') return { n: exact, d: 1n };
  const [numerator, denominator] = (typeof exact === 'number' ? plain(exact) : exact).split('/') as [string, string?];
  if (denominator !== undefined) return { n: BigInt(numerator), d: BigInt(denominator) };
  const [whole, decimals = ''] = numerator.split('.') as [string, string?];
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

/** The shortest decimal of a double, without an exponent. */
function plain(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, first, rest = '', exponent] = match as unknown as [string, string, string, string | undefined, string];
  const at = Number(exponent);
  if (at < 0) return `${sign}0.${'0'.repeat(-at - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(at, '0')}`;
}

/** The number in units of the last of `digits` decimals. */
function rounded({ n, d }: Ratio, digits: number): bigint {
  const size = (2n * (n < 0n ? -n : n) * 10n ** BigInt(digits) + d) / (2n * d);
  return n < 0n ? -size : size;
}

function decimalText(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const sign = units < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
