/** Warnings of a library's timers (kafkajs) would bury what a run of tests or of the product has to say. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const WAIT_THAT_IS_OVER = 'setTimeout(() => {}, -5)';
const warningOf = (args: string[], options?: string) =>
  spawnSync(process.execPath, [...args, '-e', WAIT_THAT_IS_OVER], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: options },
  }).stderr;

test('workers of the test run, what they start, and the scripts of the product do not print them', () => {
  expect(warningOf([])).toContain('TimeoutNegativeWarning');
  expect(warningOf(process.execArgv)).toBe('');
  expect(warningOf([], process.env.NODE_OPTIONS)).toBe('');
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  for (const name of ['start', 'hengjian', 'kafka'])
    expect(scripts[name]).toContain('--disable-warning=TimeoutNegativeWarning');
});
