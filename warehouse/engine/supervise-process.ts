/**
 * Keeps a process alive: a death after it served is followed by a restart, the pause doubling while deaths follow each other
 * closely. One that lives and answers nothing is killed and started again likewise.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { restartDelay } from './restart-delay.ts';
import { type Patience, watchSilence } from './watch-silence.ts';

/** One life of the process. */
export interface Launched {
  process: ChildProcess;
  /** Resolves when it serves; rejects with why it never will. */
  ready: Promise<void>;
  /** The sentence about a death after it served. @param end its signal or exit code */
  whyEnded: (end: string) => string;
}

export interface Supervision {
  /** `engine`: with an article, or “the silent” before it. */
  name: string;
  /** What a sentence about it begins with: `the engine`. */
  title: string;
  launch: () => Launched;
  /** Whether it answers before `signal` aborts; must not throw. */
  ask: (process: ChildProcess, signal: AbortSignal) => Promise<boolean>;
  /** What can be asked from its first moment on is watched from `start`. */
  watchFrom: 'start' | 'ready';
  /** The sentence about a restart that failed. */
  whyNotBack: (error: Error) => string;
  onStatus: (message: string) => void;
  pauses: { leastMs: number; mostMs: number };
  /** How long silence is borne; a minute by default. */
  patience?: Patience | undefined;
}

export interface SupervisedProcess {
  /** The first start. @throws what `ready` rejects with; it may be called again then */
  start(): Promise<void>;
  /** The present child; undefined between a death and the restart. */
  child(): ChildProcess | undefined;
  /** Number of restarts so far. */
  restarts(): number;
  /** Asks it to end, waits for `graceMs`, kills. */
  stop(ask: (process: ChildProcess) => void, graceMs: number): Promise<void>;
}

export function superviseProcess(supervision: Supervision): SupervisedProcess {
  const { name, title, launch, whyNotBack, onStatus, pauses } = supervision;
  const nextDelay = restartDelay(pauses);
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarts = 0;

  const start = async (): Promise<void> => {
    const { process, ready, whyEnded } = launch();
    child = process;
    const watch = watchOver(process, supervision);
    let served = false;
    let end: string | undefined;
    const reviveIfDead = () => {
      if (served && end !== undefined && !stopping) void revive(watch.silent() ? killed(name) : whyEnded(end));
    };
    process.once('exit', (code, signal) => {
      watch.end();
      if (child === process) child = undefined;
      end = signal ?? `exit code ${code}`;
      reviveIfDead();
    });
    try {
      await ready;
    } catch (error) {
      watch.end();
      // What cannot start would not the next time either; what froze may.
      if (watch.silent() && !stopping) return revive(killed(name));
      throw error;
    }
    served = true;
    watch.ready();
    reviveIfDead();
  };

  const revive = async (why: string): Promise<void> => {
    const delay = nextDelay();
    onStatus(`${why}; restarting in ${delay} ms`);
    await pause(delay);
    if (stopping) return;
    restarts += 1;
    await start().then(
      () => onStatus(`${title} is back`),
      (error: Error) => (stopping ? undefined : revive(whyNotBack(error))),
    );
  };

  return {
    start,
    child: () => child,
    restarts: () => restarts,
    async stop(ask, graceMs) {
      stopping = true;
      const running = child;
      if (!running || running.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      ask(running);
      const killer = setTimeout(() => running.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killer);
    },
  };
}

const killed = (name: string): string => `the silent ${name} was killed`;

/** Kills the process when it is silent; `silent` says whether that was so. */
function watchOver(
  process: ChildProcess,
  { name, ask, watchFrom, onStatus, patience }: Supervision,
): { ready(): void; end(): void; silent(): boolean } {
  let silent = false;
  let ended = false;
  let unwatch = () => {};
  const begin = () => {
    if (ended) return;
    unwatch = watchSilence({
      ask: (signal) => ask(process, signal),
      onSilent(seconds) {
        silent = true;
        onStatus(
          `the ${name} (process ${process.pid}) lives and has answered nothing for ${seconds} s; it is killed and started again, nothing acknowledged is lost`,
        );
        process.kill('SIGKILL');
      },
      ...(patience ? { patience } : {}),
    });
  };
  if (watchFrom === 'start') begin();
  return {
    ready: () => watchFrom === 'ready' && begin(),
    end() {
      ended = true;
      unwatch();
    },
    silent: () => silent,
  };
}
