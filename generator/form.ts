import type { Quarter } from './quarter.ts';
import type { Random } from './random.ts';
import { type Character, UNITS } from './units.ts';

const SHARES = [
  'login',
  'claim',
  'prompt',
  'feedback',
  'timely',
  'entry',
  'honest',
  'inspect',
  'publish',
  'attend',
  'submit',
] as const;

/**
 * The form of every unit in every quarter: its character, moved by its trend and by swings of the quarter, so that
 * good units stay good on the whole and the ranking still changes.
 */
export class Form {
  private readonly cache = new Map<number, Character[]>();
  private readonly random: Random;
  private readonly start: Quarter;

  constructor(random: Random, start: Quarter) {
    this.random = random;
    this.start = start;
  }

  of(unit: number, quarter: Quarter): Character {
    let forms = this.cache.get(quarter);
    if (forms === undefined) {
      forms = UNITS.map((_, index) => this.build(index, quarter));
      this.cache.set(quarter, forms);
    }
    return forms[unit] as Character;
  }

  private build(index: number, quarter: Quarter): Character {
    const { id, character } = UNITS[index] as (typeof UNITS)[number];
    const random = this.random.fork(`${id}/${quarter}`);
    const common = character.trend * (quarter - this.start) + character.swing * random.normal();
    const form = { ...character };
    for (const share of SHARES) {
      const usual = character[share];
      if (usual === 0 || usual === 1) continue;
      form[share] = Math.min(1, Math.max(0.3, usual + common + 0.5 * character.swing * random.normal()));
    }
    return form;
  }
}
