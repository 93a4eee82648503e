/** A one-node Apache Kafka (KRaft) as a child process: formatted once, started, stopped cleanly. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '@hengjian/warehouse';
import { Kafka, logLevel } from 'kafkajs';
import { boundedLog } from './bounded-log.ts';
import { type BrokerPorts, brokerProperties } from './broker-properties.ts';
import { javaCommand, kafkaJars } from './kafka-jars.ts';

export interface Broker {
  /** host:port, the value of KAFKA_BROKERS. */
  brokers: string;
  pid(): number | undefined;
  /** SIGKILL, as an outage; `start` brings it back on the same ports and data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGTERM and wait: logs are closed, the next start needs no recovery. */
  stop(): Promise<void>;
  /** Resolves when the broker ends without having been asked. */
  died: Promise<void>;
}

export interface BrokerOptions extends BrokerPorts {
  directory: string;
  /** Settings of the broker beside or instead of the usual ones. */
  properties?: Readonly<Record<string, string>>;
  onStatus?: (message: string) => void;
}

/** About 5 s where the machine has nothing else to do. */
const START_MS = 180_000;
const HEAP = ['-Xms256m', '-Xmx1g'];
/** A development broker gains more from a quick start than from the optimising compiler. */
const QUICK = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

const CONFIG = 'server.properties';
/** Java takes no path apart that it is not given, and reads others as UTF-8 whatever the language of the system. */
const inside = (cwd: string) => ({ cwd, env: { ...process.env, LC_ALL: 'C.UTF-8' } });

/** @throws CommandError if the broker cannot be formatted, or does not answer in time; its log is quoted. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { directory, port, onStatus = () => {} } = options;
  const classPath = join(await kafkaJars(onStatus), '*');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const logFile = join(directory, 'broker.log');
  writeFileSync(join(directory, CONFIG), brokerProperties(options, options.properties), { mode: 0o600 });
  const command = javaCommand()!;
  const java = [
    ...HEAP,
    ...QUICK,
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-cp',
    classPath,
  ];
  formatOnce(directory, command, java);

  const log = boundedLog(logFile);
  let child: ChildProcess | undefined;
  let asked = false;
  let tellDeath = () => {};
  const died = new Promise<void>((resolve) => {
    tellDeath = resolve;
  });

  const start = async () => {
    asked = false;
    const started = spawn(command, [...java, 'kafka.Kafka', CONFIG], {
      ...inside(directory),
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C of a terminal must not reach the broker before whoever started it has decided.
      detached: true,
    });
    child = started;
    started.stderr!.on('data', log).on('error', () => {});
    let dead = false;
    started.once('exit', () => {
      dead = true;
      if (child === started) child = undefined;
      if (!asked) tellDeath();
    });
    await new Promise((resolve, reject) => started.once('spawn', resolve).once('error', reject));
    guard(started);
    const failed = await untilItAnswers(port, () => dead);
    if (failed === undefined) return;
    asked = true;
    started.kill('SIGKILL');
    throw new CommandError(`Kafka ${failed}; the end of ${logFile}:\n${tail(logFile)}`);
  };
  const end = async (signal: NodeJS.Signals) => {
    asked = true;
    const running = child;
    if (!running) return;
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill(signal);
    const killer = setTimeout(() => running.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(killer);
  };

  await start();
  return {
    brokers: `127.0.0.1:${port}`,
    pid: () => child?.pid,
    kill: () => end('SIGKILL'),
    start,
    stop: () => end('SIGTERM'),
    died,
  };
}

/** A log directory that is new is given the id of a cluster. */
function formatOnce(directory: string, command: string, java: readonly string[]): void {
  if (existsSync(join(directory, 'log', 'meta.properties'))) return;
  const format = spawnSync(command, [...java, 'kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', CONFIG], {
    ...inside(directory),
    encoding: 'utf8',
  });
  if (format.status !== 0)
    throw new CommandError(`Kafka could not format ${directory}:\n${format.stderr}${format.stdout}`);
}

/** @returns undefined when it answers, else why it will not */
async function untilItAnswers(port: number, isDead: () => boolean): Promise<string | undefined> {
  const deadline = Date.now() + START_MS;
  while (!(await answers(`127.0.0.1:${port}`))) {
    if (isDead()) return 'ended before it answered';
    if (Date.now() >= deadline) return `did not answer within ${START_MS / 1000} s`;
    await pause(200);
  }
  return undefined;
}

/** 22 characters of base64; one that begins with a dash would be read as an option. */
function clusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}

/** A broker must not outlive the process that started it, however that ends: its end closes this shell's input. */
function guard(broker: ChildProcess): void {
  const watcher = spawn('sh', ['-c', 'cat >/dev/null; kill -9 "$1" 2>/dev/null', 'sh', String(broker.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => {});
  watcher.stdin!.on('error', () => {});
  // When the broker ends first, the guard must go without a kill: the process id may belong to another by then.
  broker.once('exit', () => watcher.kill('SIGKILL'));
  watcher.unref();
}

async function answers(broker: string): Promise<boolean> {
  const kafka = new Kafka({
    clientId: 'readiness',
    brokers: [broker],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
  } catch {
    return '(no log)';
  }
}
