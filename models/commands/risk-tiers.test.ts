import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type CommandContext, readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { registerRiskCommands } from './risk.ts';

describe('the commands of risk tiers', () => {
  let temporary: TemporaryWarehouse;
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-risk-'));
  const at = (id: string, type: string, day: string, data: Record<string, unknown>): TestEvent => ({
    id,
    source: 's',
    type,
    time: `${day}T10:00:00+08:00`,
    department: 'scjg',
    region: '320671',
    subject: '91320600MA1DEM015E',
    data,
  });
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    const registration = { name: '示例公司', kind: 'enterprise', industry: 'F', registered_on: '2020-01-02' };
    await loadEvents(temporary.warehouse, [
      at('1', 'entity.registered', '2020-01-02', registration),
      at('2', 'blacklist.listed', '2025-05-02', { reason: 'x', decided_on: '2025-05-01' }),
      at('3', 'result.entered', '2025-06-03', { task_id: 'T', codes: ['A'] }),
    ]);
  });
  afterAll(async () => {
    await temporary.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<string> {
    let text = '';
    const stdout = new Writable({
      write(piece, _, done) {
        text += piece;
        done();
      },
    });
    const context: CommandContext = {
      environment: readEnvironment({ HENGJIAN_DATA_DIR: directory }),
      warehouse: async () => temporary.warehouse,
      writer: () => Promise.reject(new Error('no events are written here')),
      stdout,
      stderr: stdout,
    };
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
    registerRiskCommands(program, context);
    await program.parseAsync(['risk', ...args], { from: 'user' });
    return text;
  }

  it('score and explain', async () => {
    const list = JSON.parse(await run('score', '2025-05', '--json'));
    expect(list).toMatchObject({
      month: '2025-05',
      begins: [10, 25, 45],
      tiers: [{ tier: 'D', subjects: 1, direct: 1, differs: 0 }],
      subjects: [{ subject: '91320600MA1DEM015E', tier: 'D', tier_by_points: 'A', direct: ['blacklisted'] }],
    });
    expect(await run('score', '2025-05')).toMatch(/91320600MA1DEM015E +示例公司/);
    const text = await run('explain', '91320600ma1dem015e', '--month', '2025-05');
    expect(text).toMatch(/2025-05-02 +s 2/);
    const found = JSON.parse(await run('explain', '91320600MA1DEM015E', '--month', '2025-05', '--json'));
    expect(found.outlook.without).toMatchObject([{ indicator: 'blacklisted', by: 'removal', tier: 'A' }]);
  });

  it('put past inspections beside the tier before them, in a file of the owner only', async () => {
    const out = join(directory, 'past.csv');
    expect(JSON.parse(await run('inspections', '--since', '2025-06', '--until', '2025-06', '--out', out))).toEqual({
      inspections: 1,
      by_record: 0,
      file: out,
    });
    expect(readFileSync(out, 'utf8').split('\n').slice(0, 2)).toEqual([
      'id,inspected_on,subject,kind,area,industry,index,tier,given_tier,past_inspections,past_found,found,section,probability,probability_of',
      's 3,2025-06-03,91320600MA1DEM015E,enterprise,320671,F,0,D,,0,0,1,F,1,realised',
    ]);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('refuse in one sentence', async () => {
    await expect(run('score', '2025-13')).rejects.toThrow(/"2025-13" is no month; write it as \d{4}-\d{2}/);
    await expect(run('score', '2098-01')).rejects.toThrow(/2098-01 has not begun/);
    await expect(run('score', '2025-05', '--since', '2025-06')).rejects.toThrow(/--since 2025-06 is after 2025-05/);
    await expect(run('score', '2025-05', '--top', 'x')).rejects.toThrow(/--top x is no whole number above 0/);
    await expect(run('explain', 'nobody', '--month', '2025-05')).rejects.toThrow(
      /NOBODY is not in the register of 2025-05/,
    );
    const own = join(directory, 'risk-indicators.yaml');
    writeFileSync(own, 'id: x\n');
    await expect(run('score', '2025-05')).rejects.toThrow(/risk-indicators\.yaml holds no usable risk indicators/);
    await expect(run('indicators', '--file', own)).rejects.toThrow(/risk-indicators\.yaml holds no usable/);
    await expect(run('indicators', '--file', join(directory, 'none.yaml'))).rejects.toThrow(
      /none\.yaml cannot be read/,
    );
    rmSync(own);
    expect(await run('indicators')).toMatch(/blacklisted .*blacklist\.listed/);
    expect(JSON.parse(await run('indicators', '--json'))).toMatchObject({ tiers: ['A', 'B', 'C', 'D'] });
  });
});
