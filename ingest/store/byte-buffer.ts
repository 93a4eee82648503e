/** A growing buffer that columns of ClickHouse's Native format are written into (little-endian). */
export class ByteBuffer {
  bytes: Buffer;
  length = 0;
  #view: DataView;

  constructor(capacity = 1024) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** A String: length as varint, then the bytes `[start, end)`. */
  string(source: Buffer, start: number, end: number): void {
    const length = end - start;
    this.reserve(length + 5);
    this.varint(length);
    this.#copy(source, start, end);
  }

  /** The same from a view of the source: short texts, which most are, in steps of four bytes. */
  stringFrom(view: DataView, source: Buffer, start: number, end: number): void {
    const length = end - start;
    if (length >= 128) {
      this.string(source, start, end);
      return;
    }
    this.reserve(length + 1);
    this.bytes[this.length] = length;
    let to = this.length + 1;
    let from = start;
    for (; from + 4 <= end; from += 4, to += 4) this.#view.setInt32(to, view.getInt32(from, true), true);
    for (; from < end; from += 1, to += 1) this.bytes[to] = source[from]!;
    this.length = to;
  }

  emptyString(): void {
    this.reserve(1);
    this.bytes[this.length++] = 0;
  }

  text(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.string(bytes, 0, bytes.length);
  }

  /** Bytes as they are. */
  raw(source: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    this.#copy(source, start, end);
  }

  #copy(source: Buffer, start: number, end: number): void {
    const target = this.bytes;
    let at = this.length;
    // A call into native code costs more than a short loop; a view for TypedArray.set costs twice the copy.
    if (end - start < 40) for (let from = start; from < end; from += 1) target[at++] = source[from]!;
    else at += source.copy(target, at, start, end);
    this.length = at;
  }

  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  int16(value: number): void {
    this.reserve(2);
    this.#view.setInt16(this.length, value, true);
    this.length += 2;
  }

  /** Signed, or unsigned up to 2^32 − 1: the bits are the same. */
  int32(value: number): void {
    this.reserve(4);
    this.#view.setInt32(this.length, value, true);
    this.length += 4;
  }

  /** A signed or unsigned 64-bit integer up to 2^53. */
  int64(value: number): void {
    this.reserve(8);
    const high = Math.floor(value / 4294967296);
    this.#view.setUint32(this.length, value - high * 4294967296, true);
    this.#view.setInt32(this.length + 4, high, true);
    this.length += 8;
  }

  /** A UUID in ClickHouse's order: both halves little-endian. */
  uuid(uuid: string): void {
    this.reserve(16);
    const hex = uuid.replaceAll('-', '');
    for (let half = 0; half < 2; half += 1)
      for (let at = 7; at >= 0; at -= 1)
        this.bytes[this.length++] = Number.parseInt(hex.slice(half * 16 + at * 2, half * 16 + at * 2 + 2), 16);
  }

  /** What was written since `start`, `times` more times. */
  repeat(start: number, times: number): void {
    const size = this.length - start;
    this.reserve(size * times);
    for (let done = 1; done < times + 1; ) {
      const now = Math.min(done, times + 1 - done);
      this.bytes.copyWithin(this.length, start, start + now * size);
      this.length += now * size;
      done += now;
    }
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.length = 0;
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}
