import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './setup/longest-first.ts';

/** Tiers by file name: what waits for faults, brokers or large builds is slow or chaos. */
const SLOW = '**/*.{slow,chaos}.test.ts';
const tier = process.env.HENGJIAN_TEST_TIER ?? 'all';
/** kafkajs computes waits that are over already; Node corrects them and would tell each time. */
const QUIET_TIMERS = '--disable-warning=TimeoutNegativeWarning';
const rooms = '{setup,contract,documents,observe,warehouse,ingest,models,generator,dashboard,operations,benchmarks}';
const COMPILE_CACHE = fileURLToPath(new URL('./node_modules/.cache/test-compile', import.meta.url));
const NEVER = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

/** Fast files that change what others in their process would see: modules put in place of others, fake clocks. */
const ALONE = ['dashboard/src/lib/server/access-log.test.ts', 'documents/circular/circular.test.ts'];

/** Fast files that try their properties less often (contract/testing/property-runs.ts): run again in full with the slow tier. */
const THOROUGH = [
  'documents/forms/write-table.test.ts',
  'ingest/check/event-checker.test.ts',
  'ingest/documents/event-schemas.test.ts',
  'ingest/edge/take-bodies.test.ts',
  'ingest/files/import.test.ts',
  'ingest/store/key-filter.test.ts',
  'ingest/tables/quirks.test.ts',
  'models/commands/explain.test.ts',
  'models/draw/frame-file.test.ts',
  'models/draw/sql/stored-draw.test.ts',
  'models/draw/tampering.test.ts',
  'models/publication/event-digest.test.ts',
];

export default defineConfig({
  test: {
    // Each file may run an engine and a broker of its own; many of them wait for most of their time (outages, sessions
    // that expire), so three at a time keep two cores busy.
    pool: 'forks',
    // Of the workers, and of what tests start.
    execArgv: [QUIET_TIMERS],
    env: {
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${QUIET_TIMERS}`.trim(),
      // Of the processes that tests start, as `hengjian.ts` has it: half their start is compiling.
      NODE_COMPILE_CACHE: COMPILE_CACHE,
    },
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Twice and more what the longest takes on a machine that is busy with two others.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: tier === 'rest' ? [] : ['*.test.ts', `${rooms}/**/*.test.ts`],
          exclude: [...NEVER, SLOW, ...ALONE],
          // A worker loads each module once and takes file after file: loading was a third of the processor time.
          isolate: false,
          ...(process.env.HENGJIAN_TEST_TIER === 'all' ? { env: { HENGJIAN_PROPERTY_RUNS: 'all' } } : {}),
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: [...(tier === 'rest' ? [] : ALONE), ...(tier === 'fast' ? [] : [`${rooms}/${SLOW}`])],
          exclude: NEVER,
        },
      },
      {
        extends: true,
        test: {
          name: 'thorough',
          include: tier === 'rest' ? THOROUGH : [],
          env: { HENGJIAN_PROPERTY_RUNS: 'all' },
        },
      },
    ],
  },
});
