/** Probes: marks sent through the HTTP edge one by one, each watched until the public API shows the score it changes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Scores } from '@hengjian/models/queries/read-scores.ts';

/** Between two looks at the scores, ms: what a figure may be too long by, at most, besides the answer's own time. */
const LOOK_EVERY_MS = 50;
const LOST_AFTER_MS = 180_000;
const ITEM = 'dr_single';

export interface Probe {
  /** ms until the 202 */
  acknowledged: number;
  /** ms until the changed score was read */
  visible: number;
}

export interface ProbeOptions {
  /** address of `POST /v1/events` */
  url: string;
  key: string;
  dashboard: string;
  cookie: string;
  /** like `2026Q4` */
  quarter: string;
  probes: number;
  /** number of the first probe: go on where the last call on the same product ended */
  from: number;
  /** mean time between two probes, ms; at random, so that they do not keep step with the scheduler */
  every: number;
}

/**
 * @returns one entry a probe, in the order in which they became visible
 * @throws Error when a probe is refused, or is not seen within three minutes
 */
export async function watchScore(options: ProbeOptions): Promise<Probe[]> {
  const { url, key, dashboard, cookie, quarter, probes, from, every } = options;
  const scores = async (): Promise<Map<string, number>> => {
    const answer = await fetch(`${dashboard}/api/v1/quarters/${quarter}/scores`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`scores of ${quarter}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    const { units } = (await answer.json()) as Scores;
    return new Map(
      units.flatMap(({ unit, items }) =>
        items.filter(({ item }) => item === ITEM).map(({ points }): [string, number] => [unit, points ?? 0]),
      ),
    );
  };
  const run = Date.now().toString(36);
  const mark = async (unit: string, n: number): Promise<number> => {
    const started = performance.now();
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        id: `probe-${run}-${n}`,
        source: 'urn:hengjian:benchmark',
        type: 'mark.awarded',
        time: new Date().toISOString(),
        department: 'scjg',
        // Not what the unit had before.
        data: { quarter, item: ITEM, unit, points: 1 + (n % 499) / 100, reason: 'benchmark', approver: 'benchmark' },
      }),
    });
    const text = await answer.text();
    if (answer.status !== 202 || (JSON.parse(text) as { accepted: number }).accepted !== 1)
      throw new Error(`a probe was answered with ${answer.status}: ${text.slice(0, 300)}`);
    return performance.now() - started;
  };

  const last = await scores();
  const free = [...last.keys()];
  if (free.length === 0) throw new Error(`no unit has ${ITEM} in ${quarter}`);
  const pending = new Map<string, { sent: number; acknowledged: Promise<number> }>();
  const seen: Probe[] = [];
  let sent = 0;
  let nextAt = performance.now();
  while (seen.length < probes) {
    if (sent < probes && free.length > 0 && performance.now() >= nextAt) {
      const unit = free.shift()!;
      const acknowledged = mark(unit, from + sent++);
      pending.set(unit, { sent: performance.now(), acknowledged });
      acknowledged.catch(() => {}); // thrown below, where it is awaited
      nextAt = performance.now() - every * Math.log(1 - Math.random());
    }
    const now = await scores();
    const at = performance.now();
    for (const [unit, probe] of pending) {
      if (at - probe.sent > LOST_AFTER_MS)
        throw new Error(`a mark for ${unit} was not visible after ${LOST_AFTER_MS / 1000} s`);
      if (now.get(unit) === last.get(unit)) continue;
      last.set(unit, now.get(unit)!);
      pending.delete(unit);
      free.push(unit);
      seen.push({ acknowledged: await probe.acknowledged, visible: at - probe.sent });
    }
    await pause(LOOK_EVERY_MS);
  }
  return seen;
}
