/**
 * Starts the embedded engine, keeps it alive, stops it.
 *
 * Exit codes of the engine mean nothing (0 on a taken port or a locked path): "exited before it answered" is the
 * failure and its standard error has the text. When it dies later it is started again, with the same port and
 * secrets, so that clients need only retry.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type EngineAccess, writeEngineConfig } from './engine-config.ts';
import { freePort } from './free-port.ts';
import { type Launched, superviseProcess } from './supervise-process.ts';
import type { Patience } from './watch-silence.ts';

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
const START_ATTEMPTS = 40;
const PORT_TAKEN = /address already in use/i;
const PATH_HELD = /Code: 76|lock file/i;
/** kill -9 is safe by design. */
const STOP_WITHIN_MS = 600;
const processFile = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

export async function superviseEngine({ dataDir, onStatus = () => {}, patience }: EngineOptions): Promise<Engine> {
  let { configFile, access } = writeEngineConfig(dataDir, await freePort());
  const supervised = superviseProcess({
    name: 'engine',
    title: 'the engine',
    launch: () => launchEngine(dataDir, configFile, access),
    ask: (_, signal) => answers(access, signal),
    watchFrom: 'ready',
    whyNotBack: (error) => endedUnexpectedly(error.message),
    onStatus,
    pauses: { leastMs: 50, mostMs: 5_000 },
    patience,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await supervised.start();
      break;
    } catch (error) {
      const { message } = error as Error;
      if (attempt >= START_ATTEMPTS) throw error;
      // Another process may have taken the port in the second between its choice and the engine's listening.
      if (PORT_TAKEN.test(message)) ({ configFile, access } = writeEngineConfig(dataDir, await freePort()));
      // An engine whose parent was killed needs a moment to let go of the path.
      else if (PATH_HELD.test(message)) await pause(250);
      else throw error;
    }
  }
  return {
    access,
    pid: () => supervised.child()?.pid,
    restarts: supervised.restarts,
    stop: () => supervised.stop((running) => running.stdin!.end(), STOP_WITHIN_MS),
  };
}

function launchEngine(dataDir: string, configFile: string, access: EngineAccess): Launched {
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
  // Where another process listens on the port, whom it asks may never answer.
  const gone = new AbortController();
  started.once('exit', () => gone.abort());
  const untilItAnswers = async () => {
    const deadline = performance.now() + START_WITHIN_MS;
    while (!(await answers(access, AbortSignal.any([gone.signal, AbortSignal.timeout(START_WITHIN_MS)])))) {
      if (gone.signal.aborted)
        throw new Error(`The embedded ClickHouse ended before it answered: ${said.trim() || 'it said nothing'}`);
      if (performance.now() > deadline) {
        started.kill('SIGKILL');
        throw new Error(`The embedded ClickHouse did not answer within 60 s: ${said.trim() || 'it said nothing'}`);
      }
      await pause(20);
    }
  };
  return { process: started, ready: untilItAnswers(), whyEnded: () => endedUnexpectedly(said) };
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
