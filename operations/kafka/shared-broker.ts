/**
 * For tests that neither stop nor set up their broker: one for the whole run, started by whoever needs it first; each test takes
 * topics of its own. It ends with the run (`host-broker.ts`). Outside `npm test` each file has a broker of its own.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryBroker } from './temporary-broker.ts';

export interface SharedBroker {
  /** host:port */
  brokers: string;
  /** Ends it where it is this file's own. */
  close(): Promise<void>;
}

/** Longer than a broker needs on a machine that is busy. */
const PATIENCE_MS = 300_000;

/** @throws when the broker did not start, with its reason */
export async function sharedBroker(): Promise<SharedBroker> {
  const directory = process.env.HENGJIAN_TEST_TEMPLATES;
  if (!directory) return temporaryBroker();
  const host = join(directory, 'broker');
  if (begins(host)) {
    const program = fileURLToPath(new URL('./host-broker.ts', import.meta.url));
    // Of the run, not of this worker, which may end before others are done with it.
    spawn(process.execPath, [program, host, String(process.ppid)], { detached: true, stdio: 'ignore' }).unref();
  }
  const [ready, failed] = [join(host, 'brokers'), join(host, 'failed')];
  for (const deadline = Date.now() + PATIENCE_MS; !existsSync(ready); await pause(100)) {
    if (existsSync(failed)) throw new Error(`The shared broker did not start: ${readFileSync(failed, 'utf8')}`);
    if (Date.now() > deadline) throw new Error(`The shared broker did not start within ${PATIENCE_MS / 1000} s.`);
  }
  return { brokers: readFileSync(ready, 'utf8'), close: async () => {} };
}

/** Whether nobody came before. */
function begins(host: string): boolean {
  try {
    mkdirSync(host);
    return true;
  } catch {
    return false;
  }
}
