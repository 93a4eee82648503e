/** What keeps events from becoming durable, while attempts go on. */
export interface Obstacle {
  what: 'warehouse' | 'log';
  /** undefined: no answer yet, neither good nor bad */
  error: Error | undefined;
  /** performance.now() when it began */
  since: number;
}

export const obstacleFrom = (what: Obstacle['what'], error: unknown, before: Obstacle | undefined): Obstacle => ({
  what,
  error: error instanceof Error ? error : new Error(String(error)),
  since: before?.since ?? performance.now(),
});

/** Nothing failed, but nothing came back for too long either: a frozen server, a network that swallows all. */
export const silence = (what: Obstacle['what'], since: number | undefined, forMs: number): Obstacle | undefined =>
  since !== undefined && performance.now() - since > forMs ? { what, error: undefined, since } : undefined;
