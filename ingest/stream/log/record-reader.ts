/** Reads the fields of records in Kafka's format (kafka.apache.org/documentation/#record). Each throws past the end. */
export class RecordReader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new Error('a record goes on past the end of its batch');
    this.at += 1;
    return byte;
  }

  /** A zigzag varint or varlong (developers.google.com/protocol-buffers/docs/encoding). Exact up to 2^53. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let byte = 0x80; byte & 0x80; scale *= 128) {
      if (scale > 2 ** 63) throw new Error('a number in a record has more than ten bytes');
      byte = this.byte();
      value += (byte & 0x7f) * scale;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The length of what follows. @returns where that ends */
  length(): number {
    const length = this.varint();
    const end = this.at + length;
    if (length < 0 || end > this.#bytes.length) throw new Error('a record goes on past the end of its batch');
    return end;
  }

  /** A length and so many bytes; null for length -1. */
  bytes(): Buffer | null {
    const before = this.at;
    if (this.varint() === -1) return null;
    this.at = before;
    const end = this.length();
    const bytes = this.#bytes.subarray(this.at, end);
    this.at = end;
    return bytes;
  }
}
