import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { liveEvents } from './live.ts';
import { problemOf } from './testing/event-rules.ts';
import { startTrickle } from './trickle.ts';

const NOON = new Date('2026-11-23T11:00:00+08:00');

function take(count: number, seed: string, start: Date): string[] {
  let time = start.getTime();
  const now = (): Date => {
    time += 7000;
    return new Date(time);
  };
  const events = liveEvents({ seed, now });
  return Array.from({ length: count }, () => events.next().value);
}

it('goes on without end: valid events of the moment, some repeated, a few bad', () => {
  const lines = take(4000, 'demo', NOON);
  const problems = lines.map(problemOf);
  const bad = problems.filter((problem) => problem !== undefined).length;
  expect(bad).toBeGreaterThan(2);
  expect(bad).toBeLessThan(60);
  const good = lines.filter((_, index) => problems[index] === undefined);
  expect(new Set(good).size).toBeLessThan(good.length);
  const types = new Set(good.map((line) => JSON.parse(line).type as string));
  for (const type of [
    'registration.pushed',
    'push.claimed',
    'push.outcome_fed_back',
    'licence.entered',
    'record.published',
    'login.succeeded',
    'complaint.received',
    'penalty.entered',
  ]) {
    expect(types).toContain(type);
  }
  const pushed = new Set(
    good.filter((line) => line.includes('registration.pushed')).map((line) => JSON.parse(line).data.push_id),
  );
  for (const line of good) if (line.includes('"push.claimed"')) expect(pushed).toContain(JSON.parse(line).data.push_id);
});

it('repeats itself for the same seed and clock, and uses new ids after a restart', () => {
  expect(take(50, 'a', NOON)).toEqual(take(50, 'a', NOON));
  const ids = new Set(take(50, 'a', NOON).map((line) => JSON.parse(line).id));
  for (const line of take(50, 'a', new Date(NOON.getTime() + 60_000))) expect(ids).not.toContain(JSON.parse(line).id);
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An edge that answers with the given status codes in turn, then 202. */
async function edge(statuses: number[]): Promise<{ url: string; bodies: string[]; headers: (string | undefined)[] }> {
  const bodies: string[] = [];
  const headers: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      headers.push(request.headers.authorization);
      const status = statuses.shift() ?? 202;
      response.writeHead(status, status === 503 ? { 'retry-after': '0.05' } : {}).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, headers };
}

it('sends through the edge, sends the same again when it is busy, and stops at the signal', async () => {
  const { url, bodies, headers } = await edge([503]);
  const abort = new AbortController();
  const done = startTrickle({ url, key: 'hj_test', seed: 'demo', signal: abort.signal, meanSeconds: 0.01 });
  while (bodies.length < 6) await new Promise((resolve) => setTimeout(resolve, 10));
  abort.abort();
  await done;
  expect(headers[0]).toBe('Bearer hj_test');
  expect(bodies[1]).toBe(bodies[0]);
  expect(bodies[2]).not.toBe(bodies[0]);
});

it('says why it ends when the edge refuses the key', async () => {
  const { url } = await edge([401]);
  const abort = new AbortController();
  await expect(startTrickle({ url, key: 'hj_wrong', seed: 'demo', signal: abort.signal })).rejects.toThrow(
    /answered 401/,
  );
});
