import { setTimeout as sleep } from 'node:timers/promises';
import { inOfficeHours, liveEvents } from './live.ts';
import { Random } from './random.ts';

export interface TrickleOptions {
  /** address of the ingest edge, with or without `/v1/events` */
  url: string;
  /** ingest key */
  key: string;
  seed: string | number;
  signal: AbortSignal;
  now?: () => Date;
  /** mean seconds between sendings; default by the time of day (about 7 events a minute at office hours, 3 at night) */
  meanSeconds?: number;
}

const RETRY_MS = 5000;

/**
 * Sends live events through the HTTP edge until the signal aborts: never silent for long, patient while the edge is
 * busy or restarting (the same body again; what had arrived counts as duplicate).
 * @throws Error when the edge refuses the key or does not understand the request
 */
export async function startTrickle(options: TrickleOptions): Promise<void> {
  const { key, signal } = options;
  const now = options.now ?? (() => new Date());
  const url = options.url.replace(/\/+$/, '').replace(/(\/v1\/events)?$/, '/v1/events');
  const events = liveEvents({ seed: options.seed, now });
  const random = new Random(`trickle/${options.seed}/${now().getTime()}`);
  while (!signal.aborted) {
    let body = '';
    for (let n = random.between(1, 2); n > 0; n--) body += events.next().value;
    await send(url, key, body, signal);
    const mean = options.meanSeconds ?? (inOfficeHours(now()) ? 12 : 28);
    const pause = Math.min(3 * mean, -mean * Math.log(1 - random.float()));
    await sleep(pause * 1000, undefined, { signal }).catch(() => undefined);
  }
}

async function send(url: string, key: string, body: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let wait = RETRY_MS;
    try {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      const answer = await response.text();
      if (response.ok) return;
      if (response.status < 500 && response.status !== 429) {
        throw new RefusedError(`${url} answered ${response.status}: ${answer.slice(0, 300)}`);
      }
      wait = Number(response.headers.get('retry-after')) * 1000 || RETRY_MS;
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      // No answer: the edge is restarting, or the signal ended the request.
    }
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
}

class RefusedError extends Error {}
