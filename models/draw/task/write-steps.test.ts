import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import { expect, test } from 'vitest';
import { parsePlan } from '../plan.ts';
import { holdSize, MOST_DRAWN } from './hold-size.ts';
import { type Step, writeSteps } from './write-steps.ts';

const FIRM = '913206000000000012';
const drawn = (objects: string[]): Step => ({
  ...{ id: 'objects', type: 'draw.executed', department: 'scjg', data: { task_id: 'T', objects } },
});
const voided = (reason: string): Step => ({
  ...{ id: 'void', type: 'event.voided', department: 'scjg' },
  data: { event_source: '/hengjian/draws', event_id: 'objects', reason },
});

/** What would reach the writer. */
async function written(...steps: Step[]): Promise<number> {
  let events = 0;
  await writeSteps(async (given) => {
    events += given.length;
    return { accepted: given.length, duplicate: 0, rejected: [] };
  }, steps);
  return events;
}

test('of steps that belong together none is written where one would be refused', async () => {
  expect(await written(drawn([FIRM]), voided('迁出'))).toBe(2);
  let called = false;
  const write = async () => {
    called = true;
    return { accepted: 0, duplicate: 0, rejected: [] };
  };
  await expect(writeSteps(write, [drawn([FIRM]), voided(' ')])).rejects.toThrow(
    /Nothing was written: event.voided .* reason/,
  );
  const many = Array.from({ length: MAX_EVENT_BYTES / 21 }, () => FIRM);
  await expect(writeSteps(write, [voided('迁出'), drawn(many)])).rejects.toThrow(/larger than an event may be/);
  expect(called).toBe(false);
});

test('a plan that draws more than can be written down is refused before it is committed to', async () => {
  const plan = (n?: number) => parsePlan({ method: 'tier-srs-v1', tiers: { A: '1/2' }, ...(n ? { n } : {}) });
  const rows = new Map([['A', 2 * MOST_DRAWN + 1]]);
  expect(() => holdSize(plan(MOST_DRAWN), rows)).not.toThrow();
  expect(() => holdSize(plan(MOST_DRAWN + 1), rows)).toThrow(/one draw of a task may have/);
  expect(() => holdSize(plan(), rows)).toThrow(/lower n or the ratios/);
  expect(() => holdSize(plan(), new Map([['A', 2 * MOST_DRAWN]]))).not.toThrow();
  const most = Array.from({ length: MOST_DRAWN }, () => FIRM);
  expect(Buffer.byteLength(JSON.stringify(drawn(most)))).toBeLessThan(MAX_EVENT_BYTES - 200_000);
});
