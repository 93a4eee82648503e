/** What the commands of this room show of files alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, expect, test } from 'vitest';
import { runModelCommand } from '../testing/run-model-command.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-commands-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** No engine: whoever asked for its warehouse would fail. */
const run = (...args: string[]) => runModelCommand({ dataDir: directory } as TemporaryWarehouse, ...args);

test('rule sets, calendars and models are shown without a warehouse', async () => {
  const sets = JSON.parse(await run('rulesets', '--json')) as { id: string }[];
  expect(sets.find(({ id }) => id === 'nantong-etdz')).toMatchObject({
    id: 'nantong-etdz',
    in_force: { from: null, to: null },
  });
  const file = join(directory, 'bad.yaml');
  writeFileSync(file, 'id: Bad Name');
  await expect(run('rulesets', 'check', file)).rejects.toThrow(/bad\.yaml is not a usable rule set/);
  await run('rulesets', 'new', 'mycity', '--from', 'jieshou');
  expect(await run('rulesets', 'check', 'mycity')).toMatch(/mycity\.yaml is a usable rule set: mycity 0\.1\.0/);
  await expect(run('rulesets', 'check', 'nothing')).rejects.toThrow(/nothing is not a usable rule set: .*ENOENT/);
  await expect(run('rulesets', 'diff', 'nantong-etdz', 'nothing')).rejects.toThrow(/no rule set has this id/);
  expect(await run('calendar')).toMatch(/2025 +59 +61 +67 +61/);
  await expect(run('calendar', '2027')).rejects.toThrow(/No holiday notice is loaded for 2027/);
  expect(await run('models', 'compile')).toMatch(/mart_lost_points +incremental/);
  expect(JSON.parse(await run('models', 'lineage', 'int_measures', '--json')).at(-1)).toEqual({
    model: 'int_measures',
    reads: ['int_obligations'],
  });
  await expect(run('models', 'lineage', 'nothing')).rejects.toThrow(/no model is named nothing/);
  const page = join(directory, 'docs', 'models.md');
  await run('models', 'docs', '--out', page);
  expect(readFileSync(page, 'utf8')).toContain('### int_measures');
});
