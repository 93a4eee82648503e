import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { runModelCommand } from '../testing/run-model-command.ts';
import { textTable } from './text-table.ts';

describe('the commands of the models room', () => {
  let temporary: TemporaryWarehouse;
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-commands-'));
  const run = (...args: string[]) => runModelCommand(temporary, ...args);
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(async () => {
    await temporary.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('refresh by themselves before they answer', async () => {
    await loadEvents(temporary.warehouse, [...goldenG1(), ...goldenG2()]);
    const table = await run('score', '2025Q2');
    expect(table).toMatch(/xzsp +94\.57/);
    expect(table).toMatch(/scjg +83\.48/);
    expect(await run('refresh')).toMatch(/^0 new events; nothing to build/);
    const claim = JSON.parse(await run('explain', '2025Q2', 'scjg', 'claim', '--json'));
    expect(claim.lost).toHaveLength(10);
    expect(await run('explain', '2025Q2', 'scjg', 'claim')).toMatch(/8·46\/50 \+ 2·40\/46/);
  });

  it('show rule sets, calendars and models', async () => {
    const sets = JSON.parse(await run('rulesets', '--json')) as { id: string }[];
    expect(sets.find(({ id }) => id === 'nantong-etdz')).toMatchObject({
      id: 'nantong-etdz',
      in_force: { from: null, to: null },
    });
    const file = join(directory, 'bad.yaml');
    writeFileSync(file, 'id: Bad Name');
    await expect(run('rulesets', 'check', file)).rejects.toThrow(/bad\.yaml is not a usable rule set/);
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
    expect(await run('models', 'test')).not.toContain('FAIL');
  });
});

describe('textTable', () => {
  it('lines up Chinese characters, which are two cells wide', () => {
    expect(
      textTable(
        ['单位', 'n'],
        [
          ['市场监管局', '1'],
          ['xzsp', '22'],
        ],
        ['left', 'right'],
      ),
    ).toBe(['单位         n', '市场监管局   1', 'xzsp        22'].join('\n'));
  });
});
