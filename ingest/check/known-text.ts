/** A text that is met again and again, ready to be compared four bytes a step. */
export class KnownText {
  readonly length: number;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  /** Place of the last four bytes, which may overlap those before; −1: shorter than that. */
  readonly #tailAt: number;
  readonly #tail: number;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    this.#bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#words = Int32Array.from({ length: bytes.length >>> 2 }, (_, word) => view.getInt32(word * 4, true));
    this.#tailAt = bytes.length - 4;
    this.#tail = this.#tailAt < 0 ? 0 : view.getInt32(this.#tailAt, true);
  }

  /** Whether it stands at `at`. @param bytes those of `view`, from the same start on */
  isAt(view: DataView, bytes: Uint8Array, at: number): boolean {
    if (at + this.length > bytes.length) return false;
    if (this.#tailAt < 0) {
      for (let index = 0; index < this.length; index += 1) if (bytes[at + index] !== this.#bytes[index]) return false;
      return true;
    }
    // The end first: texts of one family differ there.
    if (view.getInt32(at + this.#tailAt, true) !== this.#tail) return false;
    const words = this.#words;
    for (let word = 0; word < words.length; word += 1)
      if (view.getInt32(at + word * 4, true) !== words[word]) return false;
    return true;
  }
}
