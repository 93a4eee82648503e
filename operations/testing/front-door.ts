/** For tests: the product as its users run it, through the front door, in a data directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../hengjian.ts', import.meta.url));

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningUp {
  child: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  dashboard: string;
  ingest: string;
  /** Process ids of all descendants, read from /proc. */
  descendants(): number[];
  /** Sends a signal, resolves with the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Makes another command line of one: for instance one that runs it on a small disk. */
export type Wrap = (command: string[]) => string[];

function start(args: string[], env: NodeJS.ProcessEnv, wrap: Wrap = (command) => command): ChildProcess {
  const [program, ...rest] = wrap([process.execPath, '--disable-warning=ExperimentalWarning', entry, ...args]);
  return spawn(program!, rest, {
    env: { ...process.env, INGEST_PORT: '0', DASHBOARD_PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs one command to its end. */
export function hengjian(args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = start(args, env);
    const outcome: Outcome = { code: null, stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (outcome.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (outcome.stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...outcome, code }));
  });
}

/** Starts `up` and waits until it says that it is ready. @throws with its output if it ends before. */
export function startUp(args: string[], env: NodeJS.ProcessEnv, wrap?: Wrap): Promise<RunningUp> {
  return new Promise((resolve, reject) => {
    const child = start(['up', ...args], env, wrap);
    let output = '';
    let ready = false;
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const hear = (text: string) => {
      output += text;
      if (ready || !output.includes('Ctrl-C')) return;
      ready = true;
      resolve({
        child,
        output: () => output,
        dashboard: /Dashboard\D+(http:\S+)/.exec(output)?.[1] ?? '',
        ingest: /Ingest\D+(http:\S+)\/v1\/events/.exec(output)?.[1] ?? '',
        descendants: () => descendantsOf(child.pid!),
        end(signal = 'SIGINT') {
          child.kill(signal);
          return ended;
        },
      });
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hear);
    void ended.then((code) => ready || reject(new Error(`up ended with ${code} before it was ready:\n${output}`)));
  });
}

function descendantsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}
