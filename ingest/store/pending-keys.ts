/** The keys of a block that is not stored yet: an open-addressing table of row numbers. Rows are compared exactly. */
export class PendingKeys {
  #slots = new Int32Array(1 << 12);
  #hashes = new Int32Array(1 << 11);
  #count = 0;

  /** @param isRow whether the row of this number has the key looked for */
  find(hash: number, isRow: (row: number) => boolean): boolean {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]! - 1;
      if (row < 0) return false;
      if (this.#hashes[row] === (hash | 0) && isRow(row)) return true;
    }
  }

  /** Adds the next row; rows are numbered from 0 in the order in which they are added. */
  add(hash: number): void {
    if (this.#count === this.#hashes.length) this.#grow();
    this.#hashes[this.#count] = hash;
    this.#count += 1;
    this.#place(this.#count, hash);
  }

  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let row = 0; row < this.#count; row += 1) this.#place(row + 1, hashes[row]!);
  }
}
