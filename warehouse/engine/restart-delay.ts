/** Deaths closer together than this follow each other. */
const TOGETHER_MS = 60_000;

/**
 * How long to wait before what has died is started again: the pause doubles while deaths follow each other closely.
 * @returns to be called at each death: the pause, milliseconds
 */
export function restartDelay(limits: { leastMs: number; mostMs: number }): (now?: number) => number {
  let delay = limits.leastMs;
  let lastDeath = 0;
  return (now = Date.now()) => {
    delay = now - lastDeath > TOGETHER_MS ? limits.leastMs : Math.min(delay * 2, limits.mostMs);
    lastDeath = now;
    return delay;
  };
}
