/**
 * Starts the embedded engine, keeps it alive, stops it.
 *
 * Exit codes of the engine mean nothing (0 on a taken port or a locked path): "exited before it answered" is the
 * failure and its standard error has the text. When it dies later it is started again, with the same port and
 * secrets, so that clients need only retry; the pause doubles from 50 ms to 5 s while deaths follow each other closely.
 * One that lives and answers nothing is killed and started again likewise.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type EngineAccess, writeEngineConfig } from './engine-config.ts';
import { freePort } from './free-port.ts';
import { restartDelay } from './restart-delay.ts';
import { type Patience, watchSilence } from './watch-silence.ts';

export interface Engine {
  access: EngineAccess;
  /** Process id of the present child; undefined between a death and the restart. */
  pid(): number | undefined;
  /** Number of restarts so far. */
  restarts(): number;
  /** Ends the engine within a second: asks by closing its standard input, then kills (kill -9 is safe by design). */
  stop(): Promise<void>;
}

export interface EngineOptions {
  dataDir: string;
  onStatus?: (message: string) => void;
  /** How long a silent engine is borne; a minute by default. */
  patience?: Patience | undefined;
}

const START_WITHIN_MS = 60_000;
const processFile = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

export async function superviseEngine({ dataDir, onStatus = () => {}, patience }: EngineOptions): Promise<Engine> {
  const { configFile, access } = writeEngineConfig(dataDir, await freePort());
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarts = 0;

  const start = async () => {
    // system.query_log and its like do not survive a restart of the embedded engine; stale ones would stop it.
    rmSync(join(dataDir, 'engine', 'store', 'data', 'system'), { recursive: true, force: true });
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', processFile, configFile], {
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    });
    let said = '';
    started.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    started.stdin!.on('error', () => {});
    const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()));
    child = started;
    let dead = false;
    void ended.then(() => {
      dead = true;
      if (child === started) child = undefined;
    });
    const deadline = performance.now() + START_WITHIN_MS;
    while (!(await answers(access, AbortSignal.timeout(START_WITHIN_MS)))) {
      if (dead)
        throw new Error(`The embedded ClickHouse ended before it answered: ${said.trim() || 'it said nothing'}`);
      if (performance.now() > deadline) {
        started.kill('SIGKILL');
        throw new Error(`The embedded ClickHouse did not answer within 60 s: ${said.trim() || 'it said nothing'}`);
      }
      await pause(20);
    }
    let silent = false;
    const unwatch = watchSilence({
      ask: (signal) => answers(access, signal),
      onSilent(seconds) {
        silent = true;
        onStatus(
          `the engine (process ${started.pid}) lives and has answered nothing for ${seconds} s; it is killed and started again, nothing acknowledged is lost`,
        );
        started.kill('SIGKILL');
      },
      ...(patience ? { patience } : {}),
    });
    void ended.then(() => {
      unwatch();
      if (!stopping) void revive(silent ? 'the silent engine was killed' : endedUnexpectedly(said));
    });
  };

  const nextDelay = restartDelay({ leastMs: 50, mostMs: 5_000 });
  const revive = async (why: string) => {
    const delay = nextDelay();
    onStatus(`${why}; restarting in ${delay} ms`);
    await pause(delay);
    if (stopping) return;
    restarts += 1;
    try {
      await start();
      onStatus('the engine is back');
    } catch (error) {
      if (!stopping) void revive(endedUnexpectedly(error instanceof Error ? error.message : String(error)));
    }
  };

  // An engine whose parent was killed needs a moment to let go of the path.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await start();
      break;
    } catch (error) {
      if (attempt >= 40 || !/Code: 76|lock file/i.test((error as Error).message)) throw error;
      await pause(250);
    }
  }
  return {
    access,
    pid: () => child?.pid,
    restarts: () => restarts,
    async stop() {
      stopping = true;
      const running = child;
      if (!running || running.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.stdin!.end();
      const killer = setTimeout(() => running.kill('SIGKILL'), 600);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** @param said its standard error, or why it could not be started again */
const endedUnexpectedly = (said: string): string =>
  `the engine ended unexpectedly${said.trim() ? ` (${said.trim().split('\n').at(-1)})` : ''}`;

async function answers(access: EngineAccess, signal: AbortSignal): Promise<boolean> {
  try {
    const headers = { 'X-Gate': access.gate, Connection: 'close' };
    const response = await fetch(`${access.url}/ping`, { headers, signal });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
