/**
 * `hengjian up`: engine, migrations, then each part in a process of its own; stays until Ctrl-C, then ends everything
 * in order (parts finish what they accepted, clients close, the engine stops) within three seconds.
 */
import { randomBytes } from 'node:crypto';
import { getCompileCacheDir } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { readClientSecret } from '@hengjian/dashboard/accounts/oidc/read-client-secret.ts';
import { ensureBuild } from '@hengjian/dashboard/build-app.ts';
import { baseOf } from '@hengjian/dashboard/public-address.ts';
import type { CityId } from '@hengjian/generator';
import {
  CommandError,
  DataDirLockedError,
  type Engine,
  type Environment,
  ownEngine,
  prepareDatabase,
  type RunFile,
  readRunFile,
  removeRunFile,
  writeRunFile,
} from '@hengjian/warehouse';
import { announce } from './announce.ts';
import { loadDemo, type RunningTrickle, startDemoTrickle } from './demo.ts';
import { findBrokers } from './find-brokers.ts';
import { handOutPorts } from './hand-out-ports.ts';
import { openForParts } from './open-for-parts.ts';
import { openLog } from './part-log.ts';
import { PART_PORTS, PARTS, type PartName, parseParts } from './parts.ts';
import { refuseUnknownRuleSet } from './refuse-unknown-rule-set.ts';
import { type SupervisedPart, supervisePart } from './supervise-part.ts';

/** Parts get this long to finish what they accepted; then they are killed, which loses nothing acknowledged. */
const STOP_PARTS_MS = 1_200;

export interface UpOptions {
  only?: string;
  /** true: the district of the Nantong rule set; or a city without points. */
  demo?: boolean | CityId;
}

/** Resolves when everything has ended. @throws CommandError when it cannot start. */
export async function up(options: UpOptions, environment: Environment, print: (line: string) => void): Promise<void> {
  const wanted = partsToStart(options, environment);
  if (wanted.includes('scheduler') || wanted.includes('dashboard')) await refuseUnknownRuleSet(environment);
  // What is wrong with it is said here, not by a part that is started again and again.
  if (wanted.includes('dashboard') && environment.oidc) readClientSecret(environment.oidc.secret);
  refuseSecond(environment.dataDir);
  const ending = untilAsked();
  const undo: Undo[] = [];
  const starting = start({ options, environment, wanted, print, undo });
  try {
    await Promise.race([starting, ending]);
    await ending;
    print('');
    print('· stopping …');
  } finally {
    await undoAll(undo, starting, print);
  }
}

type Undo = () => Promise<void> | void;

interface Start {
  options: UpOptions;
  environment: Environment;
  wanted: PartName[];
  print: (line: string) => void;
  /** What is to be done, last first, to end what was started so far. */
  undo: Undo[];
}

async function start({ options, environment, wanted, print, undo }: Start): Promise<void> {
  const started = Date.now();
  const { dataDir } = environment;
  const status = (message: string) => print(`· ${message}`);
  await findBrokers(wanted, environment, status);
  if (wanted.includes('dashboard')) await buildOnce(environment, status);
  const engine = await startEngine(environment, status);
  if (engine) undo.push(engine.end);
  const run: Omit<RunFile, 'pid' | 'startTime'> = {
    internalKey: randomBytes(24).toString('base64url'),
    ...(engine ? { access: engine.engine.access } : {}),
  };
  writeRunFile(dataDir, run);
  undo.push(() => removeRunFile(dataDir));
  const warehouse = await openForParts(wanted, environment, status);
  undo.push(() => warehouse.close());

  const processes = await processesToStart(environment, wanted, status);
  const log = openLog(dataDir);
  const parts: SupervisedPart[] = [];
  let trickle: RunningTrickle | undefined;
  undo.push(async () => {
    await Promise.all([trickle?.stop(), ...parts.map((part) => part.stop(STOP_PARTS_MS))]);
  });
  const { publicUrl } = environment;
  const urlOf = (name: PartName) => parts.find((part) => part.name === name)?.url();
  const noteParts = () => {
    const [ingest, dashboard] = [urlOf('ingest'), urlOf('dashboard')];
    writeRunFile(dataDir, {
      ...run,
      ...(ingest ? { ingest: { url: ingest } } : {}),
      ...(dashboard ? { dashboard: { url: dashboard, ...(publicUrl ? { publicUrl } : {}) } } : {}),
      parts: parts.flatMap((part) => (part.url() ? [{ name: part.name, url: part.url()! }] : [])),
    });
  };
  // A part that comes back may listen on another port.
  const restarted = (message: string) => {
    status(message);
    noteParts();
  };
  const startParts = async (some: (name: PartName) => boolean) => {
    const results = await Promise.allSettled(
      processes.filter(({ name }) => some(name)).map(({ name, env }) => supervisePart(name, env, log, restarted)),
    );
    parts.push(...results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  };
  // The scheduler comes last: it would compute the scores of a demo that is half imported.
  await startParts((name) => name !== 'scheduler');
  noteParts();
  const city = typeof options.demo === 'string' ? options.demo : undefined;
  if (options.demo) await loadDemo(environment, warehouse, print, city);
  await startParts((name) => name === 'scheduler');
  noteParts();
  if (options.demo && !city) trickle = await startDemoTrickle(environment, warehouse, status);
  await announce({
    warehouse,
    dashboard: urlOf('dashboard'),
    publicUrl,
    ingest: urlOf('ingest'),
    demo: Boolean(options.demo),
    seconds: (Date.now() - started) / 1000,
    log,
    print,
  });
}

/** Undoes, last first, also what a start that is still going on adds meanwhile. */
async function undoAll(undo: Undo[], starting: Promise<void>, print: (line: string) => void): Promise<void> {
  let settled = false;
  const end = starting.then(
    () => (settled = true),
    () => (settled = true),
  );
  do {
    for (let step = undo.pop(); step; step = undo.pop()) {
      await Promise.resolve(step()).catch((error: Error) => print(`! ${error.message}`));
    }
    await Promise.race([end, pause(50)]);
  } while (!settled || undo.length > 0);
}

function partsToStart(options: UpOptions, environment: Environment): PartName[] {
  const kafka = environment.kafkaBrokers.length > 0;
  const wanted = options.only ? parseParts(options.only) : PARTS.filter((part) => part !== 'worker' || kafka);
  if (wanted.includes('worker') && !kafka)
    throw new CommandError(
      'A worker needs KAFKA_BROKERS (host:port[,host:port…]); without Kafka the ingest part writes by itself.',
    );
  // It would take its share of the log into a warehouse of its own, where nobody looks.
  if (wanted.every((part) => part === 'worker') && !environment.clickhouseUrl)
    throw new CommandError(
      'A worker by itself needs CLICKHOUSE_URL, the server that all parts use. For more workers on this machine set WORKERS where up runs.',
    );
  return wanted;
}

function refuseSecond(dataDir: string): void {
  const first = readRunFile(dataDir);
  if (!first) return;
  const where = first.dashboard ? ` at ${first.dashboard.publicUrl ?? first.dashboard.url}` : '';
  throw new CommandError(
    `Hengjian already runs on ${dataDir} (process ${first.pid}${where}). Stop it first, or set HENGJIAN_DATA_DIR to another directory.`,
  );
}

async function startEngine(
  environment: Environment,
  status: (message: string) => void,
): Promise<{ engine: Engine; end: () => Promise<void> } | undefined> {
  if (environment.clickhouseUrl) return undefined;
  try {
    const { engine, release } = await ownEngine(environment.dataDir, 'up', 0, status);
    const end = async () => {
      await engine.stop();
      release();
    };
    await prepareDatabase(engine.access).catch(async (error: unknown) => {
      await end();
      throw error;
    });
    return { engine, end };
  } catch (error) {
    throw error instanceof DataDirLockedError ? new CommandError(error.message) : error;
  }
}

/** Each with its environment. Ports are chosen only for parts that are wanted: beside a running `up` a worker needs no other. */
async function processesToStart(
  environment: Environment,
  wanted: readonly PartName[],
  onStatus: (message: string) => void,
): Promise<{ name: PartName; env: NodeJS.ProcessEnv }[]> {
  const names = wanted.flatMap((name) =>
    Array.from({ length: name === 'worker' ? environment.workers : 1 }, () => name),
  );
  const ports = await handOutPorts(names, environment, { named: process.env, onStatus });
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? getCompileCacheDir(),
    HENGJIAN_DATA_DIR: environment.dataDir,
    HENGJIAN_RULESET: environment.ruleset,
  };
  return names.map((name, index) => ({ name, env: { ...env, [PART_PORTS[name].variable]: String(ports[index]) } }));
}

/** Builds the dashboard if its sources are newer than the last build; says so only where it takes a while. */
async function buildOnce(environment: Environment, status: (message: string) => void): Promise<void> {
  const notice = setTimeout(() => status('building the dashboard (once) …'), 500);
  await ensureBuild(baseOf(environment));
  clearTimeout(notice);
}

/** The first SIGINT, SIGTERM or SIGHUP; a second one ends at once (the engine and the parts follow their parent). */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        asked += 1;
        if (asked > 1) process.exit(130);
        resolve();
      });
    }
  });
}
