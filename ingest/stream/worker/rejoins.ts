/** Attempts to join again after a passing error; then the process ends, to be started afresh. */
const REJOINS = 5;
/** A member for longer than six requests that all time out take has not just joined to crash again. */
const STEADY_MS = 300_000;

/**
 * A coordinator that is moving answers soon; a consumer that crashes for ever is not kept. To have joined is not yet to be
 * well: what counts is a batch dealt with, or to have stayed.
 */
export class Rejoins {
  #made = 0;
  #joinedAt = Number.POSITIVE_INFINITY;

  joined(): void {
    this.#joinedAt = performance.now();
  }

  /** A batch was dealt with. */
  well(): void {
    this.#made = 0;
  }

  /** Called after each error that ended the membership. */
  mayJoin(): boolean {
    if (performance.now() - this.#joinedAt > STEADY_MS) this.#made = 0;
    this.#joinedAt = Number.POSITIVE_INFINITY;
    this.#made += 1;
    return this.#made <= REJOINS;
  }
}
