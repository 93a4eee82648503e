import { expect, test } from 'vitest';
import type { Publication } from './read-chain.ts';
import { replayChecks } from './replay-checks.ts';

const publication = {
  record: {
    ...{ sequence: 1, quarter: '2025Q2', number: 1, as_of: '2025-07-20T08:59:58+08:00' },
    ...{ snapshot_sha256: 'a', events: { count: 10, sha256: 'e' } },
  },
} as unknown as Publication;
const told = (count: number, sha256: string, snapshotSha256: string, broughtAgain: boolean) =>
  replayChecks(publication, { snapshotSha256, events: { count, sha256 }, broughtAgain });

test('the same events and scores hold, also in a log that was brought in again', () => {
  for (const again of [false, true]) expect(told(10, 'e', 'a', again).map(({ ok }) => ok)).toEqual([true, true]);
});

test('where recording times are new, what was counted by then cannot be told of later events; it fails all the same', () => {
  for (const { ok, detail } of told(11, 'f', 'b', true)) {
    expect(ok).toBe(false);
    expect(detail).toMatch(/^cannot be told: recording times are newer than the publication/);
  }
  expect(told(11, 'f', 'a', true).map(({ ok }) => ok)).toEqual([true, false]);
});

test.each([
  ['more, in the log where they were recorded', 11, false],
  ['as many, but others', 10, true],
  ['fewer', 9, true],
])('%s: the log was changed', (_, count, again) => {
  for (const { ok, detail } of told(count, 'f', 'b', again)) {
    expect(ok).toBe(false);
    expect(detail).toMatch(/^the log /);
  }
});
