import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRunFile, writeRunFile } from './run-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-run-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a link that somebody planted is not written through', () => {
  const victim = join(directory, 'victim');
  writeFileSync(victim, 'mine');
  symlinkSync(victim, join(directory, 'run.json.new'));
  writeRunFile(directory, { internalKey: 'secret' });
  expect(readFileSync(victim, 'utf8')).toBe('mine');
  expect(readRunFile(directory)?.internalKey).toBe('secret');
  const file = join(directory, 'run.json');
  expect(lstatSync(file).isSymbolicLink()).toBe(false);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${file}.new`)).toBe(false);
});
