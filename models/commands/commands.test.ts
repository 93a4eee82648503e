import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { CommandContext } from '@hengjian/warehouse';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { registerModelCommands } from './register-model-commands.ts';
import { textTable } from './text-table.ts';

describe('the commands of the models room', () => {
  let temporary: TemporaryWarehouse;
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-commands-'));
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(async () => {
    await temporary.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<string> {
    let text = '';
    const sink = () =>
      new Writable({
        write(piece, _, done) {
          text += piece;
          done();
        },
      });
    const context: CommandContext = {
      environment: readEnvironment({ HENGJIAN_DATA_DIR: temporary.dataDir }),
      warehouse: async () => temporary.warehouse,
      writer: async () => ({ write: writeDirectly(temporary.warehouse) }) as never,
      stdout: sink(),
      stderr: new Writable({ write: (_, __, done) => done() }),
    };
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    registerModelCommands(program, context);
    await program.parseAsync(args, { from: 'user' });
    return text;
  }

  it('score an empty quarter of an empty warehouse', async () => {
    const scores = JSON.parse(await run('score', '2025Q2', '--json'));
    expect(scores).toMatchObject({
      quarter: '2025Q2',
      ruleset: { id: 'nantong-etdz' },
      status: 'draft',
      cutoff: '2025-07-09T23:59:59.999999+08:00',
    });
    expect(scores.units).toHaveLength(14);
    expect(
      scores.units
        .find(({ unit }: { unit: string }) => unit === 'scjg')
        .items.find(({ item }: { item: string }) => item === 'claim'),
    ).toMatchObject({
      points: 10,
      numerator: 0,
      denominator: 0,
      on_time: 0,
      badges: ['no_business', 'borrowed_deadline'],
    });
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

  it('say what cannot be counted in a month, and count rates in one', async () => {
    await expect(run('score', '2025-04')).rejects.toThrow(
      '2025-04 cannot be scored under nantong-etdz: licence, dishonest, unlicensed, dr_single are counted by marks and lists of a quarter. Ask for 2025Q2.',
    );
    await expect(run('score', '2025-13')).rejects.toThrow(
      /"2025-13" is not a quarter; write it like 2025Q2, a month like 2025-04/,
    );
    const month = JSON.parse(await run('score', '2025-04', '--ruleset', 'nanjing', '--json'));
    expect(month).toMatchObject({ quarter: '2025-04', ruleset: { id: 'nanjing' }, status: 'draft' });
    expect(month.cutoff).toMatch(/^2025-05-\d\dT23:59:59/);
    const year = JSON.parse(await run('score', '2025', '--ruleset', 'nanjing', '--json'));
    expect(year).toMatchObject({ quarter: '2025', status: 'draft' });
    expect(year.cutoff).toMatch(/^2026-01-\d\dT23:59:59/);
    await expect(run('close', '2025-04')).rejects.toThrow(/"2025-04" is not a quarter/);
  });

  it('publish, and give the year', async () => {
    await expect(run('score', '2031')).rejects.toThrow(/No quarter of 2031 has scores under nantong-etdz/);
    await expect(run('score', '2025', '--range')).rejects.toThrow(/--range is of a quarter; ask for one, like 2025Q1/);
    // Nothing is published: what stands is a draft, and called so.
    const draft = JSON.parse(await run('score', '2025', '--json'));
    expect(draft.drafts).toEqual(draft.quarters);
    expect(draft.quarters).toContain('2025Q2');
    expect(await run('score', '2025')).toContain(`draft ${draft.quarters.join(', ')}`);
    expect(await run('publications')).toMatch(/Nothing is published yet/);
    await expect(run('verify', '2025Q2')).rejects.toThrow(/2025Q2 is not published; there is nothing to verify/);
    const published = JSON.parse(await run('close', '2025Q2', '--json'));
    expect(published.record).toMatchObject({
      sequence: 1,
      quarter: '2025Q2',
      number: 1,
      kind: 'published',
      by: 'office',
    });
    expect(published.snapshot_sha256).toBe(published.record.snapshot_sha256);
    const shown = JSON.parse(await run('publications', 'show', '2025Q2', '--json'));
    expect(shown).toMatchObject({ record: published.record, record_sha256: published.record_sha256 });
    expect(shown.snapshot.units[0]).toMatchObject({ unit: 'czj', rank: expect.any(Number), total: expect.any(String) });
    await expect(run('publications', 'show', '2025Q2', '--number', '2')).rejects.toThrow(/has no publication number 2/);
    expect(JSON.parse(await run('publications', '--json'))).toMatchObject([{ record_sha256: published.record_sha256 }]);
    const file = join(directory, 'publication.json');
    writeFileSync(file, JSON.stringify(shown));
    expect(await run('verify', '--file', file)).not.toContain('FAIL');
    writeFileSync(file, JSON.stringify(shown).replace('"numerator":46', '"numerator":47'));
    await expect(run('verify', '--file', file)).rejects.toThrow(/snapshot_sha256 fails: the snapshot was changed/);
    await expect(run('verify', '--file', join(directory, 'none'))).rejects.toThrow(/none cannot be read \(ENOENT\)/);
    const year = JSON.parse(await run('score', '2025', '--json'));
    expect(year).toMatchObject({ year: 2025, ruleset: { id: 'nantong-etdz' }, quarters: ['2025Q2'], drafts: [] });
    const all = JSON.parse(await run('score', '2025', '--drafts', '--json'));
    expect(all.quarters).toEqual(draft.quarters);
    expect(all.drafts).toEqual(draft.quarters.filter((quarter: string) => quarter !== '2025Q2'));
    expect(year.units.find(({ unit }: { unit: string }) => unit === 'xzsp').total_exact).toBe('26953/285');
  });

  it('verify the chain, and with --replay the scores', async () => {
    const checks = JSON.parse(await run('verify', '--replay', '--json'));
    expect(checks).toMatchObject({ ok: true });
    expect(checks.checks.map(({ check }: { check: string }) => check)).toEqual([
      'chain',
      'record_sha256',
      'snapshot_sha256',
      'ruleset_text',
      'scores',
      'events',
    ]);
    await expect(run('correct', '2025Q2')).rejects.toThrow(/needs --reason/);
    await expect(run('correct', '2025Q2', '--reason', 'x')).rejects.toThrow(/Nothing differs/);
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
