/** What the bodies of all requests hold in memory at one time, kept below a limit, and those of one sender below theirs. */
export class OpenBytes {
  readonly #limit: number;
  readonly #senderLimit: number;
  readonly #senders = new Map<string, number>();
  #held = 0;

  constructor(limit: number, senderLimit = limit) {
    this.#limit = limit;
    this.#senderLimit = senderLimit;
  }

  /** The share of one request; empty at first. @param sender name of its key: one that is slow must not hold up all others */
  share(sender: string): Share {
    let bytes = 0;
    let over = false;
    return {
      raise: (to) => {
        const own = this.#senders.get(sender) ?? 0;
        if (over || this.#held - bytes + to > this.#limit || own - bytes + to > this.#senderLimit) return false;
        this.#hold(sender, to - bytes);
        bytes = to;
        return true;
      },
      release: () => {
        this.#hold(sender, -bytes);
        bytes = 0;
        over = true;
      },
    };
  }

  #hold(sender: string, bytes: number): void {
    this.#held += bytes;
    const own = (this.#senders.get(sender) ?? 0) + bytes;
    if (own > 0) this.#senders.set(sender, own);
    else this.#senders.delete(sender);
  }
}

export interface Share {
  /** @returns false where all together, or those of the sender, would hold more than they may, or the share has been given back; it stays as it was then */
  raise(to: number): boolean;
  /** Gives all of it back, for good; any number of times. */
  release(): void;
}
