/** What is tried less often in the fast tier is tried in full with the slow one: `test.projects` of vitest.config.ts. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { propertyRuns } from '../contract/testing/property-runs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('each file that asks how often to try is in the thorough project', () => {
  const exclude = ['**/node_modules/**', '**/*.slow.test.ts', '**/*.chaos.test.ts', 'setup/**'];
  const asking = globSync('**/*.test.ts', { cwd: root, exclude }).filter((file) =>
    readFileSync(`${root}/${file}`, 'utf8').includes("testing/property-runs.ts'"),
  );
  const [, listed] = /const THOROUGH = \[(.*?)\];/s.exec(readFileSync(`${root}/vitest.config.ts`, 'utf8'))!;
  expect(asking.length).toBeGreaterThan(0);
  expect([...listed!.matchAll(/'(.+)'/g)].map(([, file]) => file)).toEqual(asking.sort());
});

test('never none', () => {
  expect([1, 3, 11].map(propertyRuns)).toEqual(process.env.HENGJIAN_PROPERTY_RUNS === 'all' ? [1, 3, 11] : [1, 1, 2]);
});
