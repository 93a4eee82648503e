/**
 * Keeps one part's process alive. A part that cannot start the first time is the caller's error. What one that died or was
 * killed had not acknowledged is sent again, and a worker's successor takes its partitions.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CommandError } from '@hengjian/warehouse';
import { type Launched, superviseProcess } from '@hengjian/warehouse/engine/supervise-process.ts';
import type { Patience } from '@hengjian/warehouse/engine/watch-silence.ts';
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
  let url: string | undefined;
  const supervised = superviseProcess({
    name,
    title: name,
    launch: () =>
      launchPart(name, env, log, (address) => {
        url = address;
      }),
    ask: isAlive,
    watchFrom: 'start',
    whyNotBack: ({ message }) => message,
    onStatus,
    pauses: { leastMs: 100, mostMs: 10_000 },
    patience,
  });
  await supervised.start();
  return {
    name,
    url: () => url,
    pid: () => supervised.child()?.pid,
    stop: (graceMs) =>
      supervised.stop((running) => {
        if (running.connected) running.send('stop', () => {});
      }, graceMs),
  };
}

/** @param onUrl called with where it listens, when it is ready */
function launchPart(
  name: PartName,
  env: NodeJS.ProcessEnv,
  log: PartLog,
  onUrl: (url: string | undefined) => void,
): Launched {
  const started = fork(entry, [name], {
    env,
    execArgv: [...QUIET, ...(LEAN_PARTS.includes(name) ? LEAN : [])],
    stdio: ['ignore', log.output, log.output, 'ipc'],
  });
  let failure: string | undefined;
  let exitCode: number | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    started.on('message', (message: PartMessage) => {
      if (message.kind === 'failed') ({ message: failure, exitCode } = message);
      if (message.kind !== 'ready') return;
      onUrl(message.url);
      resolve();
    });
    started.once('error', reject);
    started.once('exit', (code, signal) => {
      const why = failure ?? `it ended before it was ready (${signal ?? `exit code ${code}`})`;
      reject(new CommandError(`${name} could not start: ${why}`, exitCode));
    });
  });
  return { process: started, ready, whyEnded: (end) => `${name} ended (${failure ?? end})` };
}
