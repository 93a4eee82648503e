import type { Consumer } from 'kafkajs';

/** Twice the time-out of a request. */
const UNANSWERED_MS = 30_000;

/**
 * Whether brokers still answer the fetches of a member. kafkajs 2 tries again at once and for ever when a connection closes
 * at a fetch: the member keeps its partitions, looks healthy and reads nothing.
 *
 * @param isIdle the member has partitions and no batch in hand
 * @param onSilence called with the seconds since a fetch was last answered, after each further one that was not
 */
export function watchFetches(consumer: Consumer, isIdle: () => boolean, onSilence: (seconds: number) => void): void {
  let answered = performance.now();
  const { FETCH, REQUEST } = consumer.events;
  consumer.on(REQUEST, ({ payload }) => {
    if (payload.apiName === 'Fetch') answered = performance.now();
  });
  // Emitted after each attempt, answered or not.
  consumer.on(FETCH, () => {
    if (!isIdle()) answered = performance.now();
    const silence = performance.now() - answered;
    if (silence > UNANSWERED_MS) onSilence(Math.round(silence / 1000));
  });
}
