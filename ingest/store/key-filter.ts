/**
 * “Has this key been stored?” – no, or maybe. A blocked Bloom filter (Putze, Sanders, Singler 2007): all six bits of a
 * key lie in one cache line. It grows by layers, each twice the one before, 24 bits a key: about 0.02 % false maybes.
 */
const WORDS_PER_LINE = 16;
const KEYS_PER_LINE = 21;
const FIRST_LINES = 1 << 15;

interface Layer {
  words: Uint32Array;
  lineMask: number;
  room: number;
}

const layerOf = (lines: number): Layer => ({
  words: new Uint32Array(lines * WORDS_PER_LINE),
  lineMask: lines - 1,
  room: lines * KEYS_PER_LINE,
});

export class KeyFilter {
  readonly #layers: Layer[];
  keys = 0;

  /** @param expected keys that are known to come */
  constructor(expected = 0) {
    let lines = FIRST_LINES;
    while (lines * KEYS_PER_LINE < expected * 1.25) lines *= 2;
    this.#layers = [layerOf(lines)];
  }

  mayHave(first: number, second: number): boolean {
    const third = mix(first, second);
    for (const layer of this.#layers) if (has(layer, first, second, third)) return true;
    return false;
  }

  /** @returns whether the key may have been there before: one look at its line for both */
  add(first: number, second: number): boolean {
    const third = mix(first, second);
    const newest = this.#layers.length - 1;
    for (let older = 0; older < newest; older += 1) if (has(this.#layers[older]!, first, second, third)) return true;
    const layer = this.#layers[newest]!;
    const { words } = layer;
    const line = (first & layer.lineMask) * WORDS_PER_LINE;
    let missing = 0;
    for (let shift = 0; shift < 27; shift += 9) {
      const a = second >>> shift;
      const b = third >>> shift;
      const wordA = line + ((a >>> 5) & 15);
      const bitA = 1 << (a & 31);
      missing |= ~words[wordA]! & bitA;
      words[wordA]! |= bitA;
      const wordB = line + ((b >>> 5) & 15);
      const bitB = 1 << (b & 31);
      missing |= ~words[wordB]! & bitB;
      words[wordB]! |= bitB;
    }
    if (missing === 0) return true;
    this.keys += 1;
    layer.room -= 1;
    if (layer.room <= 0) this.#layers.push(layerOf((layer.lineMask + 1) * 2));
    return false;
  }

  get bytes(): number {
    return this.#layers.reduce((sum, { words }) => sum + words.byteLength, 0);
  }
}

const mix = (first: number, second: number) => {
  const mixed = Math.imul(second ^ (first >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 16);
};

function has({ words, lineMask }: Layer, first: number, second: number, third: number): boolean {
  const line = (first & lineMask) * WORDS_PER_LINE;
  for (let shift = 0; shift < 27; shift += 9) {
    const a = second >>> shift;
    if (!(words[line + ((a >>> 5) & 15)]! & (1 << (a & 31)))) return false;
    const b = third >>> shift;
    if (!(words[line + ((b >>> 5) & 15)]! & (1 << (b & 31)))) return false;
  }
  return true;
}
