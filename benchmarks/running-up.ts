import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Of waiting for what it shall print (milliseconds). */
const MOST_MS = 600_000;
const ROOT = join(import.meta.dirname, '..');

export interface RunningUp {
  pid: number;
  /** seconds from start to the line that says ready */
  seconds: number;
  /** the first address printed that matches; @throws when none does */
  address(pattern: RegExp): string;
  /** Resolves when it has printed that. @throws when it ends before, or does not within ten minutes */
  until(text: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `hengjian up …` in a process of its own and waits until it says that it is ready. */
export async function startUp(args: readonly string[], env: Record<string, string>): Promise<RunningUp> {
  const started = performance.now();
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'hengjian.ts'), 'up', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killed = (): boolean => child.kill('SIGINT');
  process.once('exit', killed);
  let printed = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const listen = (text: Buffer): void => {
      printed += text;
      if (printed.includes('Ctrl-C stops everything')) resolve();
    };
    child.stdout!.on('data', listen);
    child.stderr!.on('data', listen);
    child.once('error', reject);
    void ended.then(() => reject(new Error(`hengjian up ${args.join(' ')} ended early: ${printed.slice(-2000)}`)));
  });
  return {
    pid: child.pid!,
    seconds: (performance.now() - started) / 1000,
    address(pattern) {
      const found = pattern.exec(printed)?.[0];
      if (!found) throw new Error(`hengjian up did not print ${pattern}: ${printed}`);
      return found;
    },
    async until(text) {
      const signal = AbortSignal.timeout(MOST_MS);
      while (!printed.includes(text)) {
        if (signal.aborted || child.exitCode !== null)
          throw new Error(`hengjian up did not print "${text}": ${printed.slice(-2000)}`);
        await pause(200);
      }
    },
    async stop() {
      process.removeListener('exit', killed);
      child.kill('SIGINT');
      await ended;
    },
  };
}
