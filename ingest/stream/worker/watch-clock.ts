/** Between looks. */
const EVERY_MS = 1_000;
/** A clock that is corrected by less is no trouble. */
const TOLERATED_MS = 3_000;

/**
 * kafkajs times its heartbeats by the wall clock: set back by an hour it sends none for an hour, and the group goes on
 * without this member, again and again. Only a fresh process is free of the old times.
 * @param onSetBack called once with the seconds
 * @returns ends the watch
 */
export function watchClock(onSetBack: (seconds: number) => void): () => void {
  const drift = () => Date.now() - performance.now();
  let highest = drift();
  const timer = setInterval(() => {
    const back = highest - drift();
    highest = Math.max(highest, drift());
    if (back < TOLERATED_MS) return;
    clearInterval(timer);
    onSetBack(Math.round(back / 1_000));
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
