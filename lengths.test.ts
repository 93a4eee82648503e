/** How long files and functions are (tests and what only they use aside). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { longFunctions } from './setup/long-functions.ts';
import { sourceFiles } from './setup/source-files.ts';

const root = import.meta.dirname;
const files = sourceFiles(root).filter((file) => !/\.test\.ts$|\/testing\//.test(file));

test('no source file is longer than 300 lines', () => {
  const long = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length;
    return lines > 300 ? [`${file}: ${lines}`] : [];
  });
  expect(long).toEqual([]);
});

test('no function is longer than 70 lines', () => {
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
