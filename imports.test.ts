/** The house: the direction of imports (.dependency-cruiser.mjs), the length of files, the names of folders. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

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

test('rooms are folders by job', () => {
  const shelves = rooms.flatMap(sources).filter((file) => /\/(utils?|common|helpers?|services?)(\/|\.ts$)/.test(file));
  expect(shelves).toEqual([]);
});
