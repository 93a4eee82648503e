/** A small district; the demo district as it is, and the large ones, are in `district.slow.test.ts`. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DistrictOptions, generateDistrict, planPeriod, volumeFor } from './district.ts';
import { linesOf, repeatedNames } from './testing/district-lines.ts';
import { problemOf } from './testing/event-rules.ts';

const digest = (options: DistrictOptions): string => {
  const hash = createHash('sha256');
  for (const chunk of generateDistrict(options)) hash.update(chunk);
  return hash.digest('hex');
};

describe('generateDistrict', () => {
  const small: DistrictOptions = { volume: 0.05, until: '2026-03-31', firstQuarter: '2025Q4' };

  it('obeys the event contract in every line, each (source, id) once', () => {
    const lines = linesOf({ ...small, defects: false });
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.flatMap((line) => problemOf(line) ?? [])).toEqual([]);
    expect(repeatedNames(lines.map((line) => JSON.parse(line)))).toEqual([]);
  });

  it('gives the same bytes for the same options and others for another seed', () => {
    expect(digest(small)).toBe(digest(small));
    expect(digest({ ...small, seed: 'other' })).not.toBe(digest(small));
  });

  it('only appends when the end moves on', () => {
    const long = linesOf({ ...small, until: '2026-05-15' });
    const short = linesOf(small);
    expect(long.slice(0, short.length)).toEqual(short);
    expect(long.length).toBeGreaterThan(short.length);
  });

  it('carries a stored district on from a moment', () => {
    const all = linesOf({ ...small, defects: false });
    const head = linesOf({ ...small, defects: false, until: new Date('2026-02-10T11:30:00+08:00') });
    const tail = linesOf({ ...small, defects: false, since: new Date('2026-02-10T11:30:00+08:00') });
    expect([...head, ...tail]).toEqual(all);
    expect(tail.length).toBeGreaterThan(100);
  });

  it('puts duplicates and bad events between the good ones without touching them', () => {
    const clean = linesOf({ ...small, defects: false });
    const life = linesOf({ ...small, defects: { duplicates: 0.05, bad: 0.02 } });
    const good = new Set(clean);
    const seen = new Set<string>();
    let duplicates = 0;
    let bad = 0;
    for (const line of life) {
      if (!good.has(line)) {
        bad++;
        expect(problemOf(line), line).toBeDefined();
      } else if (seen.has(line)) duplicates++;
      else seen.add(line);
    }
    expect(seen.size).toBe(good.size);
    expect(duplicates / clean.length).toBeGreaterThan(0.03);
    expect(bad / clean.length).toBeGreaterThan(0.01);
  });

  it('stops after the asked number of lines', () => {
    expect(linesOf({ ...small, limit: 1234 })).toHaveLength(1234);
  });

  it('spreads 20,000 lines over six quarters', () => {
    const events = 20_000;
    const options = { volume: volumeFor(events), firstQuarter: '2025Q2', until: '2026-09-30', defects: false } as const;
    const lines = linesOf({ ...options, limit: events });
    expect(lines).toHaveLength(events);
    expect(JSON.parse(lines.at(-1)!).time >= '2026-09-10').toBe(true);
  });

  it('ends where the holiday notices end, and says so when they are asked for earlier', () => {
    expect(planPeriod({ until: '2031-05-05' }).last).toBe(Date.parse('2026-09-30') / 86_400_000);
    expect(() => planPeriod({ until: '2024-06-30' })).toThrow(/notices are known from 2024/);
    expect(() => planPeriod({ until: '2026-13-45' })).toThrow(/not a day/);
    expect(() => planPeriod({ quarters: 0 })).toThrow(/whole number/);
  });
});
