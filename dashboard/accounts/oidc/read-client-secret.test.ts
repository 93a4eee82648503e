import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readClientSecret } from './read-client-secret.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-secret-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = join(directory, 'secret');
const keep = (text: string, mode: number) => {
  writeFileSync(file, text);
  chmodSync(file, mode);
};

test('a secret is taken from a file that its owner alone may read', () => {
  keep('geheim\n', 0o600);
  expect(readClientSecret({ file })).toBe('geheim');
  keep('geheim', 0o400);
  expect(readClientSecret({ file })).toBe('geheim');
  expect(readClientSecret({ text: 'other' })).toBe('other');
});

test.each([0o640, 0o604, 0o620, 0o644])('mode %o is refused with the way out, and without the secret', (mode) => {
  keep('geheim', mode);
  expect(() => readClientSecret({ file })).toThrow(`chmod 600 ${file}`);
  expect(() => readClientSecret({ file })).toThrow(/^(?!.*geheim)/);
});

test('a file that is empty, has more than the secret, or is not there, is named', () => {
  keep('', 0o600);
  expect(() => readClientSecret({ file })).toThrow(file);
  keep('geheim geheim', 0o600);
  expect(() => readClientSecret({ file })).toThrow(/^(?!.*geheim geheim)HENGJIAN_OIDC_CLIENT_SECRET_FILE/);
  expect(() => readClientSecret({ file: `${file}-none` })).toThrow(/ENOENT/);
});
