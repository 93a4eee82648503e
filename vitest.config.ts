import { defineConfig } from 'vitest/config';
import { LongestFirst } from './setup/longest-first.ts';

export default defineConfig({
  test: {
    include: [
      '*.test.ts',
      '{setup,contract,observe,warehouse,ingest,models,generator,dashboard,operations,benchmarks}/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'],
    // Each file may run an engine and a broker of its own; many of them wait for most of their time (outages, sessions
    // that expire), so three at a time keep two cores busy.
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
