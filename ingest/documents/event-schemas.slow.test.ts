/** Every event of the sample and of a generated district is judged by the published schemas as by the checks. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { generateDistrict, liveEvents } from '@hengjian/generator';
import { describe, expect, test } from 'vitest';
import { agree } from './testing/judge-event.ts';

describe('events that exist', () => {
  /** Lines that hold JSON objects; what else bad producers send has no place in a schema. */
  const judged = (lines: Iterable<string>) => {
    const outcomes = { good: 0, 'both say no': 0, beyond: 0 };
    const types = new Set<string>();
    for (const line of lines) {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        continue;
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      const outcome = agree(value as Record<string, unknown>);
      outcomes[outcome] += 1;
      if (outcome === 'good') types.add((value as { type: string }).type);
    }
    return { ...outcomes, types: types.size };
  };

  test('the sample', () => {
    const sample = gunzipSync(readFileSync(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url)));
    const result = judged(sample.toString('utf8').trimEnd().split('\n'));
    expect(result).toMatchObject({ 'both say no': 0, beyond: 0, types: 27 });
    expect(result.good).toBe(48_903);
  });

  test('a generated district with its defects, and the live stream', () => {
    const district = Buffer.concat([
      ...generateDistrict({ seed: 4, quarters: 2, limit: 20_000, defects: { duplicates: 0.01, bad: 0.02 } }),
    ]);
    const result = judged(district.toString('utf8').split('\n'));
    expect(result.good).toBeGreaterThan(19_000);
    expect(result['both say no'] + result.beyond).toBeGreaterThan(50);
    const live = liveEvents({ seed: 4, now: () => new Date('2026-06-01T10:00:00+08:00') });
    expect(judged(Array.from({ length: 2_000 }, () => live.next().value)).good).toBeGreaterThan(1_900);
  });
});
