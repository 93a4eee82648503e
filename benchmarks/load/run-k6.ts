import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepResult } from './step-result.ts';

export interface K6Options {
  url: string;
  keys: readonly string[];
  /** prepared events */
  events: string;
  profile: string;
  rate: number;
  batch: number;
  seconds?: number | undefined;
  p99Ms?: number | undefined;
  connections: number;
  run: string;
}

const SCRIPT = join(import.meta.dirname, 'events.k6.js');

export const hasK6 = (): boolean => spawnSync('k6', ['version'], { stdio: 'ignore' }).status === 0;

/** Runs the k6 script of events. */
export function runK6(options: K6Options): Promise<K6Run<StepResult>> {
  const { url, keys, events, profile, rate, batch, seconds, p99Ms, connections, run } = options;
  return runK6Script(SCRIPT, {
    URL: url,
    KEYS: keys.join(','),
    EVENTS: events,
    PROFILE: profile,
    RATE: String(rate),
    BATCH: String(batch),
    ...(seconds === undefined ? {} : { SECONDS: String(seconds) }),
    ...(p99Ms === undefined ? {} : { P99: String(p99Ms) }),
    CONNECTIONS: String(connections),
    RUN: run,
  });
}

export interface K6Run<Result> {
  /** one for each step */
  results: Result[];
  /** 99 when a threshold was not met */
  exitCode: number;
}

/**
 * Runs a script that writes its results as JSON to `SUMMARY`.
 * @param env goes by the environment of the process, not by its command line, which everybody on the machine may read
 * @throws Error when k6 ends without a summary
 */
export async function runK6Script<Result>(script: string, env: Record<string, string>): Promise<K6Run<Result>> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-k6-'));
  const summary = join(directory, 'summary.json');
  try {
    const k6 = spawn('k6', ['run', '--quiet', '--no-usage-report', '--include-system-env-vars', script], {
      env: { ...process.env, ...env, SUMMARY: summary },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let stderr = '';
    k6.stderr.on('data', (text) => {
      stderr += text;
    });
    const exitCode = await new Promise<number>((resolve, reject) => {
      k6.once('error', reject);
      k6.once('close', (code) => resolve(code ?? 1));
    });
    if (exitCode !== 0 && exitCode !== 99) throw new Error(`k6 ended with ${exitCode}: ${stderr.slice(-2000)}`);
    return { results: JSON.parse(readFileSync(summary, 'utf8')) as Result[], exitCode };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
