/** A warehouse that keeps connections open and says nothing: every command ends with a sentence, none waits. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeRunFile, writeRunFile } from '@hengjian/warehouse';
import { freePort } from '@hengjian/warehouse/engine/free-port.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';

/** Of each room; `refresh` and `user` write, the others read. */
const COMMANDS = [
  ['score', '2025Q1', '--json'],
  ['explain', '2025Q1', 'czj', 'claim'],
  ['refresh'],
  ['rejects', '--json'],
  ['user', 'list'],
  ['key', 'list'],
  ['backup', 'frozen.tar'],
];
const directory = mkdtempSync(join(tmpdir(), 'hengjian-frozen-'));
let temporary: TemporaryWarehouse;
let silent: Server;
beforeAll(async () => {
  // Nobody starts it again here: that is another test's business (warehouse/engine/supervise-engine.test.ts).
  temporary = await temporaryWarehouse({ patience: { probes: Number.POSITIVE_INFINITY, probeMs: 20_000 } });
  // As a running up does.
  writeRunFile(temporary.dataDir, { internalKey: 'k', access: temporary.engine.access });
  silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});
afterAll(async () => {
  removeRunFile(temporary.dataDir);
  await temporary.close();
  silent.close();
  rmSync(directory, { recursive: true, force: true });
});

const embedded = () => ({ HENGJIAN_DATA_DIR: temporary.dataDir });
const server = () => ({
  HENGJIAN_DATA_DIR: directory,
  CLICKHOUSE_URL: `http://u:secret@127.0.0.1:${(silent.address() as AddressInfo).port}/x`,
});
/** What a person reads on stderr is one line. */
const SENTENCES = {
  embedded: /^The embedded engine does not answer within 5 seconds\. After a minute .+ kills it .+\n$/,
  server:
    /^The ClickHouse server at 127\.0\.0\.1:\d+ does not answer within 5 seconds\. See why .+ correct CLICKHOUSE_URL.+\n$/,
};

describe.each([
  ['embedded', embedded],
  ['server', server],
] as const)('%s frozen', (which, env) => {
  beforeAll(() => void process.kill(temporary.engine.pid()!, 'SIGSTOP'));
  afterAll(() => void process.kill(temporary.engine.pid()!, 'SIGCONT'));

  test.concurrent.each(COMMANDS)('%s ends with a sentence', { timeout: 60_000 }, async (...command) => {
    const { code, stdout, stderr } = await hengjian(command, env());
    expect(stderr).toMatch(SENTENCES[which]);
    expect([code, stdout]).toEqual([69, '']);
  });

  test.concurrent('status says it as JSON, and what else is the case', { timeout: 60_000 }, async () => {
    const { code, stdout } = await hengjian(['status', '--json'], env());
    const status = JSON.parse(stdout) as { engine: null; problems: { problem: string; text: string; todo: string }[] };
    const [first] = status.problems;
    expect([code, status.engine, first!.problem]).toEqual([69, null, 'warehouse_away']);
    expect(`${first!.text} ${first!.todo}\n`).toMatch(SENTENCES[which]);
  });

  test.concurrent('doctor finds it and makes its other checks', { timeout: 60_000 }, async () => {
    const { code, stdout } = await hengjian(['doctor'], env());
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/^✗ warehouse +The .+ does not answer within 5 seconds\./m);
    for (const check of ['node', 'engine library', 'data directory', 'disk space', 'memory'])
      expect(stdout).toMatch(new RegExp(`^[✓·✗] ${check} `, 'm'));
  });
});

test('up with a frozen server does not wait for it either', { timeout: 60_000 }, async () => {
  const { code, stderr } = await hengjian(['up', '--only', 'ingest'], server());
  expect(stderr).toMatch(SENTENCES.server);
  expect(code).toBe(69);
});

test('a server that refuses connections: a sentence as well', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const env = { HENGJIAN_DATA_DIR: directory, CLICKHOUSE_URL: `http://u:secret@127.0.0.1:${port}/x` };
  const { code, stderr } = await hengjian(['rejects'], env);
  expect(stderr).toMatch(
    /^The ClickHouse server at 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)\. Start the server .+\n$/,
  );
  expect(code).toBe(69);
});

test('an engine that works hard is not frozen: commands wait for what they asked', { timeout: 60_000 }, async () => {
  const working = temporary.warehouse.query(
    'SELECT max(sipHash128(number)) FROM numbers_mt(1000000000000)',
    {},
    { max_execution_time: 12, timeout_overflow_mode: 'break', max_threads: 8 },
  );
  const { code, stdout } = await hengjian(['rejects', '--json'], embedded());
  expect([code, JSON.parse(stdout)]).toEqual([0, []]);
  const status = await hengjian(['status', '--json'], embedded());
  expect([status.code, JSON.parse(status.stdout)]).toEqual([0, expect.objectContaining({ events: 0 })]);
  await working;
});
