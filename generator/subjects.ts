import { INDUSTRIES, subjectName, TOWNSHIPS } from './names.ts';
import { cumulate, type Random } from './random.ts';
import { makeUscc } from './uscc.ts';

const KINDS = [
  { kind: 'enterprise', authority: '91', share: 54 },
  { kind: 'individual', authority: '92', share: 38 },
  { kind: 'branch', authority: '91', share: 5 },
  { kind: 'cooperative', authority: '93', share: 3 },
] as const;
// Tier mix of Bayannur 2022 (A, B, C, D).
const TIERS = cumulate([73.2, 18.7, 5.2, 3]);
const CODE = 18;

/** Hot spots, so that the heat maps show some: catering in the second township, industry in the third. */
function heat(township: number, section: string): number {
  if (section === 'H') return township === 1 ? 6 : 2;
  if (section === 'C') return township === 2 ? 4 : 1.2;
  if (section === 'P') return township === 0 ? 5 : 1.5;
  if (section === 'O') return township === 3 ? 3 : 1.5;
  return section === 'F' || section === 'R' ? 1.3 : 0.7;
}

/** The market subjects of the district, in order of registration, as columns of bytes (22 bytes each). */
export class Subjects {
  readonly count: number;
  /** how many of them are registered so far */
  registered: number;
  private readonly codes: Buffer;
  private readonly traits: Uint8Array; // kind, township, industry, tier — four bits each in two bytes
  private readonly gone: Uint8Array;
  private readonly worst: number;
  private readonly random: Random;

  constructor(random: Random, count: number) {
    this.count = count;
    this.registered = 0;
    this.random = random.fork('names');
    this.codes = Buffer.allocUnsafeSlow(count * CODE);
    this.traits = new Uint8Array(count * 4);
    this.gone = new Uint8Array(count);
    const kinds = cumulate(KINDS.map((kind) => kind.share));
    const industries = cumulate(INDUSTRIES.map((industry) => industry.share));
    const townships = cumulate(TOWNSHIPS.map((township) => township.share));
    for (let i = 0; i < count; i++) {
      const kind = random.weighted(kinds);
      this.codes.write(
        makeUscc((KINDS[kind] as (typeof KINDS)[number]).authority, '320671', i),
        i * CODE,
        CODE,
        'latin1',
      );
      this.traits[i * 4] = kind;
      this.traits[i * 4 + 1] = random.weighted(townships);
      this.traits[i * 4 + 2] = random.weighted(industries);
      this.traits[i * 4 + 3] = random.weighted(TIERS);
    }
    this.worst = 6 * 8;
  }

  uscc(index: number): string {
    return this.codes.toString('latin1', index * CODE, index * CODE + CODE);
  }

  kind(index: number): string {
    return (KINDS[this.traits[index * 4] as number] as (typeof KINDS)[number]).kind;
  }

  township(index: number): (typeof TOWNSHIPS)[number] {
    return TOWNSHIPS[this.traits[index * 4 + 1] as number] as (typeof TOWNSHIPS)[number];
  }

  region(index: number): string {
    return this.township(index).code;
  }

  section(index: number): string {
    return (INDUSTRIES[this.traits[index * 4 + 2] as number] as (typeof INDUSTRIES)[number]).section;
  }

  /** 0 (low risk) … 3 (high risk) */
  tier(index: number): number {
    return this.traits[index * 4 + 3] as number;
  }

  name(index: number): string {
    const trades = (INDUSTRIES[this.traits[index * 4 + 2] as number] as (typeof INDUSTRIES)[number]).trades;
    return subjectName(this.random, this.kind(index), this.random.pick(trades), this.township(index).name);
  }

  close(index: number): void {
    this.gone[index] = 1;
  }

  /** A registered subject that has not been cancelled. */
  any(random: Random): number {
    let index = random.below(this.registered);
    for (let tries = 0; this.gone[index] === 1 && tries < 50; tries++) index = random.below(this.registered);
    return index;
  }

  /** A subject in proportion to its risk tier and the heat of its area and industry. */
  risky(random: Random): number {
    for (let tries = 0; tries < 40; tries++) {
      const index = this.any(random);
      const weight = heat(this.traits[index * 4 + 1] as number, this.section(index)) * 2 ** this.tier(index);
      if (random.float() * this.worst < weight) return index;
    }
    return this.any(random);
  }
}
