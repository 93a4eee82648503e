/** Lines that fit into memory, given back in the order of their ids. */
export class Run {
  readonly #lines: Buffer[] = [];
  readonly #ids: string[] = [];
  #inOrder = true;
  bytes = 0;

  /** @param id its bytes as latin1 */
  add(line: Buffer, id: string): void {
    if (this.#ids.length > 0 && id < this.#ids.at(-1)!) this.#inOrder = false;
    this.#lines.push(line);
    this.#ids.push(id);
    this.bytes += line.length;
  }

  *sorted(): Iterable<Buffer[]> {
    const order = Uint32Array.from(this.#lines.keys());
    const ids = this.#ids;
    if (!this.#inOrder) order.sort((a, b) => (ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : 0));
    for (let start = 0; start < order.length; start += 10_000)
      yield Array.from(order.subarray(start, start + 10_000), (index) => this.#lines[index]!);
  }
}
