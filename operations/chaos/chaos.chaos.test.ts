/** CHAOS_SEED repeats a run; the longer version is `npm run chaos -w benchmarks`. */
import { describe, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { runChaos } from './run-chaos.ts';

const SEED = Number(process.env.CHAOS_SEED ?? 20_260_401);

describe.skipIf(!hasJava())(`chaos${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, () => {
  test(`24 kills while 200,000 events come in: rows and scores as if imported from a file (seed ${SEED})`, {
    timeout: 2_400_000,
  }, async () => {
    const report = await runChaos({ seed: SEED, events: 200_000, rounds: 24 });
    expect(report.differences, JSON.stringify(report)).toEqual([]);
    expect(report.topic.records).toBeGreaterThanOrEqual(200_000);
    expect(report.topic.duplicates).toBeGreaterThan(9_000);
    expect(report.topic.rejects).toBeGreaterThan(1_800);
    expect(Math.min(...Object.values(report.kills))).toBe(4);
    expect(report.quarters).toBe(6);
  });
});
