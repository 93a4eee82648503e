import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DataDirLockedError, lockDataDir } from './lock-data-dir.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-lock-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('a second holder is refused and told who the first is', async () => {
  const release = await lockDataDir(directory, 'up');
  const second = lockDataDir(directory, 'import');
  await expect(second).rejects.toThrow(DataDirLockedError);
  await expect(second).rejects.toThrow(new RegExp(`"up" \\(process ${process.pid}`));
  release();
});

test('a waiting one gets it when the first lets go', async () => {
  const release = await lockDataDir(directory, 'import');
  const waiting = lockDataDir(directory, 'score', 10_000, () => release());
  (await waiting)();
});

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startTime: '1', what: 'up', since: '' })],
  ['of a process id used again', JSON.stringify({ pid: process.pid, startTime: 'other', what: 'up', since: '' })],
  ['half written', '{"pid":'],
])('a stale lock %s is taken over', async (_, content) => {
  writeFileSync(join(directory, 'lock'), content);
  (await lockDataDir(directory, 'up'))();
});
