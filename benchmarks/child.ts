import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type ProcessUsage, processUsage } from './process-usage.ts';

const ROOT = join(import.meta.dirname, '..');

export interface ChildRun extends ProcessUsage {
  stdout: string;
  seconds: number;
}

/**
 * Runs `hengjian …` as a user does, in a process of its own, from start to exit.
 * @throws Error with its stderr when it fails
 */
export const runHengjian = (args: readonly string[], env: Record<string, string>): Promise<ChildRun> =>
  runScript(join(ROOT, 'hengjian.ts'), args, env);

/** The same for any script. @throws Error with its stderr when it fails */
export async function runScript(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<ChildRun> {
  const started = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let usage: ProcessUsage = { peakMb: 0, cpuSeconds: 0 };
  const watch = setInterval(() => {
    usage = processUsage(child.pid!) ?? usage;
  }, 50);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(watch));
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}: ${stderr.slice(-2000)}`);
  return { stdout, seconds: (performance.now() - started) / 1000, ...usage };
}
