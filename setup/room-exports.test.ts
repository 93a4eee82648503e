import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { roomExports } from './room-exports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('a room exports what another room imports, and nothing else; `npm run exports` writes it', () => {
  const wanted = Object.fromEntries(roomExports(root));
  const written = Object.keys(wanted).map((room) => [
    room,
    JSON.parse(readFileSync(`${root}/${room}/package.json`, 'utf8')).exports,
  ]);
  expect(Object.fromEntries(written)).toEqual(wanted);
  expect(Object.values(wanted).every((files) => Object.keys(files).every((path) => !path.includes('*')))).toBe(true);
});
