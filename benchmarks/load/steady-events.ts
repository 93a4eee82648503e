import type { Step } from './plan-steps.ts';
import { sendSteps, type Target } from './send-steps.ts';

/** Sends at one rate until it is told to stop; then the events/s acknowledged and the requests that went wrong. */
export function steadyEvents(
  eventsPerSecond: number,
  target: Omit<Target, 'run' | 'signal'>,
): () => Promise<{ rate: number; faults: number }> {
  const abort = new AbortController();
  const step: Step = {
    name: 'load',
    rate: Math.max(1, Math.round(eventsPerSecond / target.batch)),
    seconds: 3600,
    startsAt: 0,
    judged: true,
    mayRefuse: false,
    p99Ms: Number.POSITIVE_INFINITY,
  };
  const started = performance.now();
  const sending = Array.fromAsync(
    sendSteps([step], { ...target, run: Date.now().toString(36), signal: abort.signal }),
  ).then(([result]) => result!);
  return async () => {
    abort.abort();
    const seconds = (performance.now() - started) / 1000;
    const { events, failed, wrong, dropped, refused } = await sending;
    return { rate: events / seconds, faults: failed + wrong + dropped + refused };
  };
}
