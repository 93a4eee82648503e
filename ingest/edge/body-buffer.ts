import type { Share } from './open-bytes.ts';

/** Room for a body of which nothing is known. */
const FIRST_BYTES = 16 * 1024;

export interface BodyBufferOptions {
  share: Share;
  /** As far as it is known: what comes at least. */
  expected: number;
  most: number;
  /** What is held besides, in bytes. */
  besides: number;
}

/**
 * The bytes of one body while they come in. They lie in one buffer, which the share counts in full: chunks kept as they
 * come would hold far more than their lengths say where a sender cuts its body into crumbs.
 */
export class BodyBuffer {
  readonly #share: Share;
  readonly #most: number;
  readonly #besides: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  private constructor({ share, most, besides }: BodyBufferOptions, capacity: number) {
    this.#share = share;
    this.#most = most;
    this.#besides = besides;
    this.#bytes = new Uint8Array(capacity);
  }

  /** @returns undefined when there is no room for what is expected */
  static open(options: BodyBufferOptions): BodyBuffer | undefined {
    const { share, expected, most, besides } = options;
    const capacity = Math.min(expected, most);
    return share.raise(capacity + besides) ? new BodyBuffer(options, capacity) : undefined;
  }

  append(chunk: Uint8Array): 'taken' | 'too_large' | 'no_room' {
    const length = this.#length + chunk.length;
    if (length > this.#most) return 'too_large';
    if (length > this.#bytes.length) {
      const capacity = Math.min(this.#most, Math.max(length, this.#bytes.length * 2, FIRST_BYTES));
      if (!this.#share.raise(capacity + this.#besides)) return 'no_room';
      // Moved rather than copied: the old memory is free at once, not when garbage is collected.
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(capacity));
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
    return 'taken';
  }

  written(): Buffer {
    return Buffer.from(this.#bytes.buffer, 0, this.#length);
  }

  /** Frees the memory at once; nothing may hold a view of it. */
  drop(): void {
    this.#bytes.buffer.transfer(0);
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    this.#share.release();
  }
}
