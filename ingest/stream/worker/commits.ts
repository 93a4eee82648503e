/**
 * Commits of the group, one request at a time, each with the latest offset of every partition: small batches come faster
 * than brokers answer, and lag tools see what is committed.
 */
export class Commits {
  readonly #send: (offsets: ReadonlyMap<number, number>) => Promise<void>;
  #wanted = new Map<number, number>();
  #running: Promise<void> | undefined;

  /** @param send commits the next offset of each partition; reports its own errors */
  constructor(send: (offsets: ReadonlyMap<number, number>) => Promise<void>) {
    this.#send = send;
  }

  /** @param offset the next one of the partition; offsets of a partition only rise between two calls of `forget` */
  want(part: number, offset: number): void {
    this.#wanted.set(part, offset);
    this.#running ??= this.#sendAll();
  }

  /** What was not sent yet is none of this process's business any more. */
  forget(): void {
    this.#wanted.clear();
  }

  /** Resolves when all that is wanted was sent. */
  async sent(): Promise<void> {
    await this.#running;
  }

  async #sendAll(): Promise<void> {
    while (this.#wanted.size > 0) {
      const offsets = this.#wanted;
      this.#wanted = new Map();
      await this.#send(offsets);
    }
    this.#running = undefined;
  }
}
