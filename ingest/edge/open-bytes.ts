/** What the bodies of all requests hold in memory at one time, kept below a limit. */
export class OpenBytes {
  readonly #limit: number;
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The share of one request; empty at first. */
  share(): Share {
    let bytes = 0;
    let over = false;
    return {
      raise: (to) => {
        if (over || this.#held - bytes + to > this.#limit) return false;
        this.#held += to - bytes;
        bytes = to;
        return true;
      },
      release: () => {
        this.#held -= bytes;
        bytes = 0;
        over = true;
      },
    };
  }
}

export interface Share {
  /** @returns false where all together would hold more than they may, or the share has been given back; it stays as it was then */
  raise(to: number): boolean;
  /** Gives all of it back, for good; any number of times. */
  release(): void;
}
