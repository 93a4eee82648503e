/** What keeps events from becoming durable, while attempts go on. */
export interface Obstacle {
  error: Error;
  /** performance.now() of the first failure in a row */
  since: number;
}

export const obstacleFrom = (error: unknown, before: Obstacle | undefined): Obstacle => ({
  error: error instanceof Error ? error : new Error(String(error)),
  since: before?.since ?? performance.now(),
});
