/** The sample through the front door, on both engines: counts, every figure of both quarters, every lost point. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';

const samples = join(import.meta.dirname, '..', 'samples');
const file = join(samples, 'nantong-sample.ndjson.gz');

interface Item {
  item: string;
  weight: number;
  points: number;
  numerator: number | null;
  denominator: number | null;
  on_time: number | null;
}
interface Scores {
  quarter: string;
  status: string;
  units: { unit: string; rank: number; total: number; items: Item[] }[];
}
interface Explanation {
  weight: number;
  points: number;
  lost: { kind: string; key: string; points: number; due: string | null }[];
}

describe.each(['embedded', 'CLICKHOUSE_URL'] as const)('sample, %s', (way) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-sample-'));
  const env: NodeJS.ProcessEnv = { HENGJIAN_DATA_DIR: dataDir };
  let server: TemporaryWarehouse | undefined;
  let scores: Scores;

  beforeAll(async () => {
    if (way === 'embedded') return;
    server = await temporaryWarehouse();
    env.CLICKHOUSE_URL = server.url;
  });
  afterAll(async () => {
    await server?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const run = async <T>(...args: string[]) => {
    const outcome = await hengjian(args, env);
    expect(outcome.stderr.includes('Error'), outcome.stderr).toBe(false);
    expect(outcome.code, outcome.stderr).toBe(0);
    return JSON.parse(outcome.stdout) as T;
  };

  test('imports 48,430 events and 473 duplicates, and nothing the second time', async () => {
    expect(await run('import', file)).toEqual({ read: 48_903, accepted: 48_430, duplicate: 473, rejected: 0 });
    expect(await run('import', file)).toEqual({ read: 48_903, accepted: 0, duplicate: 48_903, rejected: 0 });
  });

  test.each(['2025Q1', '2025Q2'])('%s equals the answers in every figure', async (quarter) => {
    scores = await run<Scores>('score', quarter, '--json');
    const answers = JSON.parse(readFileSync(join(samples, `nantong-sample.${quarter}.scores.json`), 'utf8')) as Scores;
    expect(scores.status).toBe('draft');
    expect(scores.units.map(({ unit, rank }) => [unit, rank])).toEqual(
      answers.units.map(({ unit, rank }) => [unit, rank]),
    );
    for (const answer of answers.units) {
      const unit = scores.units.find((one) => one.unit === answer.unit)!;
      expect(Math.abs(unit.total - answer.total)).toBeLessThan(1e-9);
      expect(
        unit.items.map(({ item, numerator, denominator, on_time }) => ({ item, numerator, denominator, on_time })),
      ).toEqual(
        answer.items.map(({ item, numerator, denominator, on_time }) => ({ item, numerator, denominator, on_time })),
      );
      for (const item of answer.items) {
        const ours = unit.items.find((one) => one.item === item.item)!;
        expect(Math.abs(ours.weight - item.weight)).toBeLessThan(1e-9);
        expect(Math.abs(ours.points - item.points)).toBeLessThan(1e-9);
      }
    }
  });

  test('explain lays every lost point of an item to its rows', async () => {
    const unit = scores.units.at(-1)!;
    for (const { item, weight, points } of unit.items) {
      const explanation = await run<Explanation>('explain', scores.quarter, unit.unit, item, '--json');
      const lost = explanation.lost.reduce((sum, row) => sum + row.points, 0);
      expect(Math.abs(weight - points - lost), item).toBeLessThan(1e-9);
    }
  });

  test.each([
    ['score', '2025Q5'],
    ['score', '2031Q1'],
    ['explain', '2025Q1', 'nobody', 'claim'],
    ['explain', '2025Q1', 'scjg', 'nothing'],
    ['import', join(samples, 'no-such-file.ndjson')],
    ['import', samples],
  ])('%s %s %s %s is refused with a sentence', async (...args) => {
    const outcome = await hengjian(args, env);
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr.trim()).not.toBe('');
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
  });
});
