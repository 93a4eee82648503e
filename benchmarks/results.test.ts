import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Result, readResults, resultTables, saveResult, withTables } from './results.ts';

const result = (events: number | null, value: number): Result => ({
  benchmark: 'import',
  events,
  machine: '2 × CPU',
  measured: '2026-11',
  figures: [{ name: '  ratio a|b', value, unit: '×', aim: { atLeast: 0.6 }, note: '3 runs' }],
});

test('the table in README.md is that of results.json; `npm run table -w benchmarks` writes it', () => {
  const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  expect(readResults().length).toBeGreaterThan(0);
  expect(withTables(text, readResults())).toBe(text);
});

test('a result takes the place of the last with as many events', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-results-'));
  try {
    const file = join(directory, 'results.json');
    for (const one of [result(4_000_000, 0.5), result(1_000_000, 0.4), result(4_000_000, 0.7)]) saveResult(one, file);
    expect(readResults(file)).toEqual([result(1_000_000, 0.4), result(4_000_000, 0.7)]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('each figure is a row with its unit, its aim and its runs', () => {
  expect(resultTables([result(4_000_000, 0.5012)]).split('\n')).toEqual([
    '**import, 4,000,000 events** (2 × CPU; 2026-11)',
    '',
    '| what | median | aim | runs, lowest–highest |',
    '|---|---:|---|---|',
    '| ratio a\\|b | 0.501 × | NOT MET (≥ 0.6) | 3 runs |',
  ]);
  expect(resultTables([result(null, 0.7)])).toMatch(/^\*\*import\*\* .*\n.*\n.*\n.*\n\| .* \| met \(≥ 0\.6\) \|/);
  expect(() => withTables('# Benchmarks', [])).toThrow(/needs the lines/);
});
