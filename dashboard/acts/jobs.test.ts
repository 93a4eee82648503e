import { expect, test } from 'vitest';
import type { Act } from './act.ts';
import { type JobResult, Jobs } from './jobs.ts';

const subject = { kind: 'close', ruleset: 'r', quarter: '2025Q2' } as const;

test('the same work under way is one job; what is refused and what fails are told apart', async () => {
  const faults: unknown[] = [];
  const jobs = new Jobs((error) => faults.push(error));
  const gate = Promise.withResolvers<Act<JobResult>>();
  const first = jobs.start(subject, 'a', async (onStep) => {
    onStep('build');
    return gate.promise;
  });
  const second = jobs.start(subject, 'b', async () => ({ ok: true, value: {} }));
  expect(second.id).toBe(first.id);
  expect(first).toMatchObject({ by: 'a', state: 'running', step: 'build', endedAt: null });
  gate.resolve({ ok: false, reason: 'published_already', values: { quarter: '2025Q2' } });
  await jobs.settle(5000);
  expect(jobs.find(first.id)).toMatchObject({ state: 'refused', refused: { reason: 'published_already' } });
  const broken = jobs.start(subject, 'a', async () => {
    throw new Error('disk');
  });
  await jobs.settle(5000);
  expect(broken.state).toBe('failed');
  expect(faults).toHaveLength(1);
  expect(jobs.list()[0]?.id).toBe(broken.id);
});

test('old jobs are forgotten, running ones never', async () => {
  const jobs = new Jobs(() => {});
  const gate = Promise.withResolvers<Act<JobResult>>();
  const long = jobs.start(subject, 'a', () => gate.promise);
  for (let i = 0; i < 300; i += 1) {
    jobs.start({ kind: 'verify', ruleset: 'r', quarter: `${i}` }, 'a', async () => ({ ok: true, value: {} }));
    await jobs.settle(0);
  }
  expect(jobs.list().length).toBeLessThanOrEqual(201);
  expect(jobs.find(long.id)?.state).toBe('running');
  gate.resolve({ ok: true, value: {} });
  await jobs.settle(5000);
});
