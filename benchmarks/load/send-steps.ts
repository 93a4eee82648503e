/**
 * The twin of the k6 script: an open loop. Requests are due at a constant rate whatever the answers do, and the time of
 * an answer counts from the moment its request was due, so a server that stops for a second is seen by every request of
 * that second and not by one (no coordinated omission).
 */
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { bodyAt } from './event-batches.ts';
import type { Step } from './plan-steps.ts';
import type { StepResult } from './step-result.ts';

export interface Target {
  /** address of `POST /v1/events` */
  url: string;
  /** ingest keys, used in turns: each has a limit of its own */
  keys: readonly string[];
  batches: readonly string[];
  /** events in each batch */
  batch: number;
  /** begins the ids of this run */
  run: string;
  connections: number;
  /** ends the sending before its time; what is under way is still waited for */
  signal?: AbortSignal;
}

/** Requests under way when a step ends are waited for this long, ms. */
const LAST_ANSWERS_MS = 35_000;

export async function* sendSteps(steps: readonly Step[], target: Target): AsyncGenerator<StepResult> {
  const { origin } = new URL(target.url);
  const pool = new Pool(origin, { connections: target.connections, pipelining: 1 });
  try {
    for (const step of steps) yield await sendStep(step, pool, target);
  } finally {
    await pool.destroy();
  }
}

async function sendStep(step: Step, pool: Pool, target: Target): Promise<StepResult> {
  const { pathname } = new URL(target.url);
  const histogram = createHistogram(); // µs
  const result: StepResult = {
    answered: 0,
    events: 0,
    refused: 0,
    failed: 0,
    wrong: 0,
    dropped: 0,
    ms: { p50: 0, p95: 0, p99: 0, max: 0 },
  };
  let open = 0;
  const send = async (n: number, due: number): Promise<void> => {
    open++;
    try {
      const { statusCode, headers, body } = await pool.request({
        path: pathname,
        method: 'POST',
        headers: {
          authorization: `Bearer ${target.keys[n % target.keys.length]}`,
          'content-type': 'application/x-ndjson',
        },
        body: bodyAt(target.batches, `${target.run}-${step.name}`, n),
      });
      const text = await body.text();
      histogram.record(Math.max(1, Math.round((performance.now() - due) * 1000)));
      result.answered++;
      if (statusCode === 202) {
        if (balances(text, target.batch)) result.events += target.batch;
        else result.wrong++;
      } else if ((statusCode === 429 || statusCode === 503) && headers['retry-after'] !== undefined) result.refused++;
      else result.failed++;
    } catch {
      result.failed++;
    } finally {
      open--;
    }
  };
  const started = performance.now();
  const requests = step.rate * step.seconds;
  for (let next = 0; next < requests && !target.signal?.aborted; await pause(1)) {
    const due = Math.min(requests, ((performance.now() - started) / 1000) * step.rate);
    for (; next < due; next++) {
      if (open >= target.connections) result.dropped++;
      else void send(next, started + (next / step.rate) * 1000);
    }
  }
  const deadline = performance.now() + LAST_ANSWERS_MS;
  while (open > 0 && performance.now() < deadline) await pause(5);
  result.failed += open;
  if (result.answered > 0) {
    const ms = (percent: number): number => histogram.percentile(percent) / 1000;
    result.ms = { p50: ms(50), p95: ms(95), p99: ms(99), max: histogram.max / 1000 };
  }
  return result;
}

/** Whether a 202 accounts for every event (`duplicate` is null where workers find them later). */
export function balances(answer: string, sent: number): boolean {
  const { accepted, duplicate, rejected } = JSON.parse(answer) as {
    accepted: number;
    duplicate: number | null;
    rejected: unknown[];
  };
  return accepted + (duplicate ?? 0) + rejected.length === sent;
}
