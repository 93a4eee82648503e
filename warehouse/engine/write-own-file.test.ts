import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeEngineConfig } from './engine-config.ts';
import { lockDataDir } from './lock-data-dir.ts';
import { writeOwnFile } from './write-own-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-own-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a link that somebody planted is not written through, and a file of theirs is not filled with secrets', () => {
  const victim = join(directory, 'victim');
  writeFileSync(victim, 'mine');
  symlinkSync(victim, join(directory, 'own'));
  writeOwnFile(join(directory, 'own'), 'secret');
  expect(readFileSync(victim, 'utf8')).toBe('mine');
  expect(lstatSync(join(directory, 'own')).isSymbolicLink()).toBe(false);
  writeFileSync(join(directory, 'open'), '', { mode: 0o644 });
  writeOwnFile(join(directory, 'open'), 'secret');
  expect(statSync(join(directory, 'open')).mode & 0o777).toBe(0o600);
});

test.each(['config.xml', 'users.xml'])('secrets of the engine do not go through a planted %s', (name) => {
  const data = mkdtempSync(join(directory, 'data-'));
  const victim = join(data, 'victim');
  writeFileSync(victim, 'mine');
  mkdirSync(join(data, 'engine'));
  symlinkSync(victim, join(data, 'engine', name));
  writeEngineConfig(data, 9000);
  expect(readFileSync(victim, 'utf8')).toBe('mine');
});

test('nor does the lock', async () => {
  const data = mkdtempSync(join(directory, 'data-'));
  const victim = join(data, 'victim');
  writeFileSync(victim, 'mine');
  symlinkSync(victim, join(data, `lock.${process.pid}.new`));
  (await lockDataDir(data, 'test'))();
  expect(readFileSync(victim, 'utf8')).toBe('mine');
});
