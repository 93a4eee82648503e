/** The product as an office runs it: up, import, score, stop; every process real. */
import { once } from 'node:events';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { hengjian, type RunningUp, startUp } from '../testing/front-door.ts';

const sample = join(import.meta.dirname, '..', '..', 'samples', 'nantong-sample.ndjson.gz');
const directories: string[] = [];
const running: RunningUp[] = [];
/** Its name has what shells, XML and SQL read as their own, and blanks: a path is passed as what it is. */
const freshDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), "hengjian up 衡 鉴&<'-"));
  directories.push(directory);
  return directory;
};
afterAll(async () => {
  for (const up of running) if (up.child.exitCode === null) await up.end('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

const json = <T>(text: string) => JSON.parse(text) as T;
const lines = gunzipSync(readFileSync(sample)).toString('utf8').trimEnd().split('\n');
const distinct = new Set(lines.map((line) => `${json<{ id: string }>(line).id}`)).size;

describe('up on an empty directory', () => {
  const env = { HENGJIAN_DATA_DIR: freshDirectory() };
  let up: RunningUp;

  test('says how to load data and prints a sign-in link that works once', async () => {
    up = await startUp([], env);
    running.push(up);
    expect(up.output()).toContain('The warehouse is empty');
    expect(up.output()).toContain('import FILE');
    const link = /http:\S+\/sign-in\/\S+/.exec(up.output())?.[0];
    expect(link).toBeDefined();
    expect((await fetch(link!)).status).toBe(200);
    expect((await fetch(`${up.dashboard}/health/ready`)).status).toBe(200);
    expect((await fetch(`${up.ingest}/health/ready`)).status).toBe(200);
    expect((await fetch(`${up.dashboard}/`, { redirect: 'manual' })).status).not.toBe(200);
  });

  test('nothing that it wrote is open to others of the machine', () => {
    const data = env.HENGJIAN_DATA_DIR;
    // What the engine keeps is below directories of ours, which nobody else may enter.
    const written = [
      '.',
      ...readdirSync(data),
      ...readdirSync(join(data, 'engine')).map((name) => join('engine', name)),
    ];
    expect(written).toEqual(expect.arrayContaining(['run.json', 'engine/config.xml', 'engine/store']));
    const open = written.filter((name) => {
      const found = lstatSync(join(data, name), { throwIfNoEntry: false });
      return found && !found.isSymbolicLink() && (found.mode & 0o077) !== 0;
    });
    expect(open).toEqual([]);
  });

  test('a second up is refused and names the first', async () => {
    const second = await hengjian(['up'], env);
    expect(second.code).not.toBe(0);
    expect(second.stderr).toContain(`process ${up.child.pid}`);
  });

  test('import streams through the running ingest; again, everything is a duplicate', async () => {
    const first = await hengjian(['import', sample], env);
    expect([first.code, json(first.stdout)]).toEqual([
      0,
      { read: lines.length, accepted: distinct, duplicate: lines.length - distinct, rejected: 0 },
    ]);
    const again = await hengjian(['import', sample], env);
    expect(json(again.stdout)).toEqual({ read: lines.length, accepted: 0, duplicate: lines.length, rejected: 0 });
  });

  test('commands share its engine: status counts what was imported', async () => {
    const status = json<{ events: number; duplicates: number; rejected: number; quarters: string[] }>(
      (await hengjian(['status', '--json'], env)).stdout,
    );
    expect(status).toMatchObject({ events: distinct, duplicates: 2 * lines.length - distinct, rejected: 0 });
  });

  test('Ctrl-C ends everything: no process, no lock, no run file', async () => {
    const processes = up.descendants();
    expect(processes.length).toBeGreaterThanOrEqual(4);
    expect(await up.end('SIGINT')).toBe(0);
    expect(processes.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(readdirSync(env.HENGJIAN_DATA_DIR).filter((name) => /lock|run\.json/.test(name))).toEqual([]);
  });

  test('without up, commands start the engine themselves and find the same data', async () => {
    const again = await hengjian(['import', sample], env);
    expect(json(again.stdout)).toMatchObject({ accepted: 0, duplicate: lines.length });
  });

  test('when up is killed outright its parts and the engine end too, and the next start works', async () => {
    const killed = await startUp([], env);
    running.push(killed);
    const processes = killed.descendants();
    await killed.end('SIGKILL');
    await expect.poll(() => processes.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 90_000 }).toEqual([]);
    const next = await startUp([], env);
    running.push(next);
    expect(await next.end()).toBe(0);
  });
});

test('a wrong setting is refused by name, with exit code 2', async () => {
  const outcome = await hengjian(['up'], { HENGJIAN_DATA_DIR: freshDirectory(), DASHBOARD_PORT: 'x' });
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toContain('DASHBOARD_PORT');
});

test('a worker by itself without a server is refused: it would fill a warehouse of its own', async () => {
  const outcome = await hengjian(['up', '--only', 'worker'], {
    HENGJIAN_DATA_DIR: freshDirectory(),
    KAFKA_BROKERS: '127.0.0.1:1',
  });
  expect(outcome.code).not.toBe(0);
  expect(outcome.stderr).toContain('needs CLICKHOUSE_URL');
});

test('parts that were not asked for need no port', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  try {
    const port = String((taken.address() as AddressInfo).port);
    const env = { HENGJIAN_DATA_DIR: freshDirectory(), INGEST_PORT: port, DASHBOARD_PORT: port };
    const scheduler = await startUp(['--only', 'scheduler'], env);
    running.push(scheduler);
    expect(await scheduler.end()).toBe(0);
    const refused = await hengjian(['up', '--only', 'ingest'], env);
    expect([refused.code === 0, refused.stderr]).toEqual([
      false,
      expect.stringContaining(`INGEST_PORT=${port} is taken`),
    ]);
  } finally {
    taken.close();
  }
});

test('a data directory that is a file is refused with a sentence', async () => {
  const file = join(freshDirectory(), 'file');
  writeFileSync(file, '');
  const outcome = await hengjian(['status'], { HENGJIAN_DATA_DIR: file });
  expect(outcome.code).not.toBe(0);
  expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
});
