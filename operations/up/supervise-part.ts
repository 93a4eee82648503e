/**
 * Keeps one part's process alive: a death after it was ready is followed by a restart, the pause doubling from 100 ms to
 * 10 s while deaths follow each other within a minute. A part that cannot start the first time is the caller's error. One
 * that lives and answers nothing is killed and started again likewise: what it had not acknowledged is sent again, and a
 * worker's successor takes its partitions.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CommandError } from '@hengjian/warehouse';
import { restartDelay } from '@hengjian/warehouse/engine/restart-delay.ts';
import { type Patience, watchSilence } from '@hengjian/warehouse/engine/watch-silence.ts';
import { isAlive } from './is-alive.ts';
import type { PartLog } from './part-log.ts';
import type { PartMessage, PartName } from './parts.ts';

export interface SupervisedPart {
  name: PartName;
  url(): string | undefined;
  pid(): number | undefined;
  /** Asks, waits for `graceMs`, kills. */
  stop(graceMs: number): Promise<void>;
}

/** The second: kafkajs computes waits that are over already; Node corrects and would tell each time. */
const QUIET = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
/**
 * An edge keeps little (some 22 MB) and throws away much, the scheduler likewise. V8 by default lets garbage grow to several
 * times what lives, and further each time: another 100 MB. Collecting it sooner takes a thousandth of the time.
 */
const LEAN = ['--heap-growing-percent=50'];
const LEAN_PARTS: readonly PartName[] = ['ingest', 'scheduler'];
const entry = fileURLToPath(new URL('./run-part.ts', import.meta.url));

export async function supervisePart(
  name: PartName,
  env: NodeJS.ProcessEnv,
  log: PartLog,
  onStatus: (message: string) => void,
  /** How long a silent part is borne; a minute by default. */
  patience?: Patience,
): Promise<SupervisedPart> {
  let child: ChildProcess | undefined;
  let url: string | undefined;
  let stopping = false;
  const nextDelay = restartDelay({ leastMs: 100, mostMs: 10_000 });

  const start = () =>
    new Promise<void>((resolve, reject) => {
      const started = fork(entry, [name], {
        env,
        execArgv: [...QUIET, ...(LEAN_PARTS.includes(name) ? LEAN : [])],
        stdio: ['ignore', log.output, log.output, 'ipc'],
      });
      child = started;
      let ready = false;
      let failure: string | undefined;
      let exitCode: number | undefined;
      let silent = false;
      const unwatch = watchSilence({
        ask: (signal) => isAlive(started, signal),
        onSilent(seconds) {
          silent = true;
          onStatus(
            `the ${name} (process ${started.pid}) lives and has answered nothing for ${seconds} s; it is killed and started again, nothing acknowledged is lost`,
          );
          started.kill('SIGKILL');
        },
        ...(patience ? { patience } : {}),
      });
      started.on('message', (message: PartMessage) => {
        if (message.kind === 'failed') ({ message: failure, exitCode } = message);
        if (message.kind !== 'ready') return;
        ready = true;
        url = message.url;
        resolve();
      });
      started.once('error', reject);
      started.once('exit', (code, signal) => {
        unwatch();
        if (child === started) child = undefined;
        const end = signal ?? `exit code ${code}`;
        const why = silent ? `the silent ${name} was killed` : `${name} ended (${failure ?? end})`;
        if (ready && !stopping) void revive(why);
        if (ready) return;
        // A part that cannot start would not the next time either; one that froze may.
        if (silent && !stopping) revive(why).then(resolve, reject);
        else
          reject(
            new CommandError(
              `${name} could not start: ${failure ?? `it ended before it was ready (${end})`}`,
              exitCode,
            ),
          );
      });
    });

  const revive = async (why: string): Promise<void> => {
    const delay = nextDelay();
    onStatus(`${why}; restarting in ${delay} ms`);
    await pause(delay);
    if (stopping) return;
    await start().then(
      () => onStatus(`${name} is back`),
      (error: Error) => (stopping ? undefined : revive(error.message)),
    );
  };

  await start();
  return {
    name,
    url: () => url,
    pid: () => child?.pid,
    async stop(graceMs) {
      stopping = true;
      const running = child;
      if (!running) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      if (running.connected) running.send('stop', () => {});
      const killer = setTimeout(() => running.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killer);
    },
  };
}
