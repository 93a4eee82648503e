import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { runModelCommand } from '../testing/run-model-command.ts';

describe('the commands of the models room that score and publish', () => {
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

  it('say what cannot be counted in a month, and count rates in one', async () => {
    await loadEvents(temporary.warehouse, [...goldenG1(), ...goldenG2()]);
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
    await expect(run('close', '2025-04')).rejects.toThrow(
      /2025-04 cannot be published under nantong-etdz: it is a month, and this rule set is published by quarter\./,
    );
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
});
