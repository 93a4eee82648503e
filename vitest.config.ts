import { defineConfig } from 'vitest/config';
import { LongestFirst } from './setup/longest-first.ts';

/** Tiers by file name: what waits for faults, brokers or large builds is slow or chaos. */
const SLOW = '**/*.{slow,chaos}.test.ts';
const tier = process.env.HENGJIAN_TEST_TIER ?? 'all';
/** kafkajs computes waits that are over already; Node corrects them and would tell each time. */
const QUIET_TIMERS = '--disable-warning=TimeoutNegativeWarning';
const rooms = '{setup,contract,documents,observe,warehouse,ingest,models,generator,dashboard,operations,benchmarks}';

export default defineConfig({
  test: {
    include: tier === 'rest' ? [`${rooms}/**/*.{slow,chaos}.test.ts`] : ['*.test.ts', `${rooms}/**/*.test.ts`],
    exclude: ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**', ...(tier === 'fast' ? [SLOW] : [])],
    // Each file may run an engine and a broker of its own; many of them wait for most of their time (outages, sessions
    // that expire), so three at a time keep two cores busy.
    pool: 'forks',
    // Of the workers, and of what tests start.
    execArgv: [QUIET_TIMERS],
    env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${QUIET_TIMERS}`.trim() },
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
