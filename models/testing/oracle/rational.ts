/** Exact fractions on BigInt, for the oracle only. */
export class Rational {
  readonly num: bigint;
  readonly den: bigint;
  constructor(num: bigint, den = 1n) {
    const divisor = gcd(num < 0n ? -num : num, den) || 1n;
    this.num = num / divisor;
    this.den = den / divisor;
  }
  static of(value: number): Rational {
    return new Rational(BigInt(Math.round(value * 1e6)), 1_000_000n);
  }
  plus(other: Rational): Rational {
    return new Rational(this.num * other.den + other.num * this.den, this.den * other.den);
  }
  minus(other: Rational): Rational {
    return this.plus(new Rational(-other.num, other.den));
  }
  times(other: Rational): Rational {
    return new Rational(this.num * other.num, this.den * other.den);
  }
  over(other: Rational): Rational {
    return new Rational(this.num * other.den, this.den * other.num);
  }
  compare(other: Rational): number {
    const difference = this.num * other.den - other.num * this.den;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  toString(): string {
    return this.den === 1n ? `${this.num}` : `${this.num}/${this.den}`;
  }
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

export const ZERO = new Rational(0n);
export const ONE = new Rational(1n);
