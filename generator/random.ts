/**
 * Seeded pseudo-random numbers: xoshiro128** (Blackman & Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c),
 * seeded from text by MurmurHash3's mixer. Not for draws of inspection objects: those derive from a recorded entropy.
 */
export class Random {
  // Kept as signed 32-bit integers: V8 stores them unboxed.
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;
  private readonly seed: string;

  constructor(seed: string) {
    this.seed = seed;
    let hash = 1779033703 ^ seed.length;
    for (let i = 0; i < seed.length; i++) {
      hash = Math.imul(hash ^ seed.charCodeAt(i), 3432918353);
      hash = (hash << 13) | (hash >>> 19);
    }
    const word = (): number => {
      hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
      hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
      hash ^= hash >>> 16;
      return hash | 0;
    };
    this.s0 = word();
    this.s1 = word();
    this.s2 = word();
    this.s3 = word() | 1; // all-zero is the one forbidden state
  }

  /** An independent stream: what one activity draws never shifts what another one draws. */
  fork(label: string): Random {
    return new Random(`${this.seed}/${label}`);
  }

  /** Uniform integer in [−2³¹, 2³¹). */
  private int32(): number {
    const product = Math.imul(this.s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.s1 << 9;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= shifted;
    this.s3 = (this.s3 << 11) | (this.s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 32 bits. */
  float(): number {
    return (this.int32() >>> 0) / 4294967296;
  }

  /** Uniform integer in [0, n), n < 2³¹. */
  below(n: number): number {
    return Math.floor(this.float() * n);
  }

  /** Uniform integer in [low, high], both inclusive. */
  between(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** `count` distinct members in their original order (all of them when there are fewer). */
  sample<T>(list: readonly T[], count: number): T[] {
    const chosen: T[] = [];
    for (let i = 0; i < list.length && chosen.length < count; i++) {
      if (this.float() * (list.length - i) < count - chosen.length) chosen.push(list[i] as T);
    }
    return chosen;
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.float())) * Math.cos(2 * Math.PI * this.float());
  }

  /** Poisson with the given mean: Knuth's product below 30, rounded normal above. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.float(); product > limit; product *= this.float()) count++;
    return count;
  }

  /** Index drawn in proportion to weights given as running totals. */
  weighted(cumulative: readonly number[]): number {
    const point = this.float() * (cumulative[cumulative.length - 1] as number);
    let index = 0;
    while (point >= (cumulative[index] as number)) index++;
    return index;
  }
}

/** Running totals for {@link Random.weighted}. */
export function cumulate(weights: readonly number[]): number[] {
  let total = 0;
  return weights.map((weight) => {
    total += weight;
    return total;
  });
}
