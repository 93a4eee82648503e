/** The house: the direction of imports (.dependency-cruiser.mjs) and the names of folders. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOMS, sourceFiles } from './setup/source-files.ts';

const root = import.meta.dirname;

test('rooms import only what they may, and nothing imports itself in a circle', () => {
  const { output } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      ...ROOMS,
      'hengjian.ts',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect(output.join('')).toContain('no dependency violations found');
}, 120_000);

test('rooms are folders by job', () => {
  const shelves = sourceFiles(root).filter((file) => /\/(utils?|common|helpers?|services?)(\/|\.ts$)/.test(file));
  expect(shelves).toEqual([]);
});
