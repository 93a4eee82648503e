import { defineConfig } from 'vitest/config';
import { LongestFirst } from './setup/longest-first.ts';

export default defineConfig({
  test: {
    include: ['*.test.ts', '{setup,warehouse,ingest,models,generator,dashboard,operations,benchmarks}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'],
    // Each file may run an engine of its own; two at a time is what two cores carry.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
