/** The house: the direction of imports (.dependency-cruiser.mjs), the length of files and functions, the names of folders. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { longFunctions } from './setup/long-functions.ts';

const root = import.meta.dirname;
const rooms = [
  'contract',
  'warehouse',
  'ingest',
  'models',
  'observe',
  'documents',
  'generator',
  'dashboard',
  'operations',
  'benchmarks',
];

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (/^(node_modules|build|\.svelte-kit)$/.test(entry.name)) return [];
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}

test('rooms import only what they may, and nothing imports itself in a circle', () => {
  const { output } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      ...rooms,
      'hengjian.ts',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect(output.join('')).toContain('no dependency violations found');
}, 120_000);

test('no source file is longer than 300 lines (tests and what only they use aside)', () => {
  const long = rooms.flatMap(sources).flatMap((file) => {
    if (/\.test\.ts$|\/testing\//.test(file)) return [];
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length;
    return lines > 300 ? [`${file}: ${lines}`] : [];
  });
  expect(long).toEqual([]);
});

test('no function is longer than 70 lines (tests and what only they use aside)', () => {
  const files = rooms.flatMap(sources).filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => longFunctions(root, file, 70))).toEqual([]);
});

test('the length of functions is seen, in Svelte files too', () => {
  expect(longFunctions(root, 'setup/long-functions.ts', 5)).toContainEqual(
    expect.stringMatching(/^setup\/long-functions.ts: longFunctions, \d+$/),
  );
  expect(longFunctions(root, 'dashboard/src/lib/ranking/CellTip.svelte', 5)).toContainEqual(
    expect.stringMatching(/: show, \d+$/),
  );
});

test('rooms are folders by job', () => {
  const shelves = rooms.flatMap(sources).filter((file) => /\/(utils?|common|helpers?|services?)(\/|\.ts$)/.test(file));
  expect(shelves).toEqual([]);
});
