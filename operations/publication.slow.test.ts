/** Publishing through the front door: two closers at once, beside a running up and without one; tampering found by verify. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hengjian, type RunningUp, startUp } from './testing/front-door.ts';

const MINUTES_10 = 600_000;
const login = (day: string, unit = 'scjg') =>
  JSON.stringify({
    specversion: '1.0',
    id: `${unit}-${day}`,
    source: 'https://platform.example/test',
    type: 'login.succeeded',
    time: `${day}T09:00:00+08:00`,
    department: unit,
    data: { account: 'a' },
  });

interface Published {
  record: { sequence: number; quarter: string; number: number; previous: string };
  record_sha256: string;
}

describe.each(['beside a running up', 'each with its own engine'])('two closers at once, %s', (way) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-close-'));
  const env = { HENGJIAN_DATA_DIR: dataDir };
  let up: RunningUp | undefined;
  const run = async <T>(...args: string[]) => {
    const { code, stdout, stderr } = await hengjian(args, env);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as T;
  };

  beforeAll(async () => {
    if (way === 'beside a running up') up = await startUp(['--only', 'ingest'], env);
    const file = join(dataDir, 'events.ndjson');
    writeFileSync(file, ['2025-01-06', '2025-04-07', '2025-04-08'].map((day) => login(day)).join('\n'));
    expect(await run('import', file)).toMatchObject({ accepted: 3 });
  }, MINUTES_10);
  afterAll(async () => {
    await up?.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('publish once, and the other is told', { timeout: MINUTES_10 }, async () => {
    const outcomes = await Promise.all([1, 2].map(() => hengjian(['close', '2025Q2', '--json'], env)));
    const [won] = outcomes.filter(({ code }) => code === 0);
    const [told] = outcomes.filter(({ code }) => code !== 0);
    expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(told!.stderr).toMatch(/2025Q2 is published already \(publication 1, number 1, .* by office\)/);
    const published = JSON.parse(won!.stdout) as Published;
    expect(await run('publications', '--json')).toMatchObject([{ record_sha256: published.record_sha256 }]);
    expect(await run('verify', '--replay', '--json')).toMatchObject({ ok: true });
  });

  test('of two quarters get two places in the chain', { timeout: MINUTES_10 }, async () => {
    const both = await Promise.all(['2025Q1', '2025Q3'].map((quarter) => run<Published>('close', quarter, '--json')));
    expect(both.map(({ record }) => record.sequence).sort()).toEqual([2, 3]);
    expect(await run('verify', '--json')).toMatchObject({ ok: true });
  });
});

describe('verify, after somebody changed the log', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-tampered-'));
  let server: TemporaryWarehouse;
  const run = (...args: string[]) => hengjian(args, { HENGJIAN_DATA_DIR: dataDir, CLICKHOUSE_URL: server.url });
  const change = (from: string, to: string) =>
    server.warehouse.command(
      `ALTER TABLE events UPDATE data = replaceOne(data, {from:String}, {to:String}) WHERE type = 'score.published'`,
      { from, to },
      { mutations_sync: 1 },
    );

  beforeAll(async () => {
    server = await temporaryWarehouse();
    const file = join(dataDir, 'events.ndjson');
    writeFileSync(file, login('2025-04-07'));
    expect((await run('import', file)).code).toBe(0);
    expect((await run('close', '2025Q2')).code).toBe(0);
  }, MINUTES_10);
  afterAll(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test.each([
    ['the record', '"by":"office"', '"by":"nobody"', 'record_sha256'],
    ['the snapshot', '"unit":"czj"', '"unit":"czk"', 'snapshot_sha256'],
    ['the rule set text', 'weight: 10', 'weight: 11', 'ruleset_text'],
  ])(
    '%s: says so and where, and is content when it is put back',
    { timeout: MINUTES_10 },
    async (_, from, to, name) => {
      await change(from, to);
      const found = await run('verify', '2025Q2');
      expect(found.code).toBe(1);
      expect(found.stdout).toContain(`FAIL publication 1 (2025Q2 number 1) ${name}:`);
      expect(found.stderr).toContain(`publication 1 (2025Q2 number 1) ${name} fails`);
      await change(to, from);
      expect((await run('verify', '2025Q2')).code).toBe(0);
    },
  );

  test('an event that was taken out of the log', { timeout: MINUTES_10 }, async () => {
    await server.warehouse.command(`ALTER TABLE events DELETE WHERE type = 'login.succeeded'`, undefined, {
      mutations_sync: 1,
    });
    const found = await run('verify', '2025Q2', '--replay');
    expect(found.code).toBe(1);
    expect(found.stderr).toContain('scores fails');
    expect(found.stdout).toMatch(/FAIL .*events: the log holds 0 events by then/);
  });
});
