import type { Term } from '../check/term.ts';
import { ByteBuffer } from './byte-buffer.ts';
import type { Dictionary } from './native-block.ts';

/** A column of texts that repeat: each is kept once, and of each row its place. */
export class TermColumn {
  rows = 0;
  #places = new Uint32Array(1 << 10);
  readonly #keys = new ByteBuffer();
  readonly #texts: string[] = [];
  readonly #placeOf = new Map<string, number>();
  /** Another one after each clearing: what terms have noted is void then. */
  #owner = {};

  add(term: Term): void {
    // The place is noted on the term: a look into the map for each row would cost more than all the rest.
    if (term.placedBy !== this.#owner) this.#find(term);
    if (this.rows === this.#places.length) this.#grow(this.rows + 1);
    this.#places[this.rows++] = term.place;
  }

  addTimes(term: Term, times: number): void {
    this.#find(term);
    this.#grow(this.rows + times);
    this.#places.fill(term.place, this.rows, this.rows + times);
    this.rows += times;
  }

  textAt(row: number): string {
    return this.#texts[this.#places[row]!]!;
  }

  clear(): void {
    this.rows = 0;
    this.#keys.clear();
    this.#texts.length = 0;
    this.#placeOf.clear();
    this.#owner = {};
  }

  get bytes(): number {
    return this.#keys.length + this.rows;
  }

  /** @param keep 0 drops the row; its key stays */
  dictionary(keep?: Uint8Array): Dictionary {
    const places = this.#places.subarray(0, this.rows);
    return {
      keys: this.#keys.written(),
      keyCount: this.#texts.length,
      places: keep ? places.filter((_, row) => keep[row] !== 0) : places,
    };
  }

  #find(term: Term): void {
    let place = this.#placeOf.get(term.text);
    if (place === undefined) {
      place = this.#texts.length;
      this.#placeOf.set(term.text, place);
      this.#texts.push(term.text);
      this.#keys.raw(term.native, 0, term.native.length);
    }
    term.place = place;
    term.placedBy = this.#owner;
  }

  #grow(rows: number): void {
    let room = this.#places.length;
    while (room < rows) room *= 2;
    if (room === this.#places.length) return;
    const larger = new Uint32Array(room);
    larger.set(this.#places.subarray(0, this.rows));
    this.#places = larger;
  }
}
