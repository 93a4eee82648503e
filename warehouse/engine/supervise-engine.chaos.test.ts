/** An engine that lives and says nothing is started again; one that is only slow is not. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import { watchSilence } from './watch-silence.ts';

const said: string[] = [];
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse({
    patience: { probes: 3, probeMs: 2_000 },
    onStatus: (message) => said.push(message),
  });
  await temporary.warehouse.command(
    'CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 10000',
  );
});
afterAll(() => temporary?.close());

test('an engine that is busy with a long query is left alone', { timeout: 60_000 }, async () => {
  const { engine, warehouse } = temporary;
  const pid = engine.pid();
  const begun = performance.now();
  await warehouse.query(
    'SELECT max(sipHash128(number)) FROM numbers_mt(1000000000000)',
    {},
    { max_execution_time: 8, timeout_overflow_mode: 'break', max_threads: 8 },
  );
  expect(performance.now() - begun).toBeGreaterThan(7_000);
  expect([engine.pid(), engine.restarts(), said]).toEqual([pid, 0, []]);
});

test('one that is frozen for a moment is left alone', { timeout: 60_000 }, async () => {
  const { engine, warehouse } = temporary;
  const pid = engine.pid()!;
  process.kill(pid, 'SIGSTOP');
  await pause(1_500);
  process.kill(pid, 'SIGCONT');
  await warehouse.query('SELECT 1');
  await pause(3_000);
  expect([engine.pid(), engine.restarts(), said]).toEqual([pid, 0, []]);
});

test('one that stays frozen is killed and started again; nothing acknowledged is lost or doubled', {
  timeout: 60_000,
}, async () => {
  const { engine, warehouse } = temporary;
  const pid = engine.pid()!;
  const acknowledged: number[] = [];
  let going = true;
  const writers = [0, 1, 2, 3].map(async (writer) => {
    for (let n = writer; going; n += 4) {
      await warehouse.insert('t', [{ a: n }], { token: `row ${n}` });
      acknowledged.push(n);
    }
  });
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(50);
  process.kill(pid, 'SIGSTOP');
  await expect.poll(() => said, { timeout: 30_000 }).toContain('the engine is back');
  const before = acknowledged.length;
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(before + 50);
  going = false;
  await Promise.all(writers);
  expect(engine.restarts()).toBe(1);
  expect(engine.pid()).not.toBe(pid);
  expect(said).toEqual([
    `the engine (process ${pid}) lives and has answered nothing for 6 s; it is killed and started again, nothing acknowledged is lost`,
    'the silent engine was killed; restarting in 50 ms',
    'the engine is back',
  ]);
  const rows = await warehouse.query<{ a: number }>('SELECT a FROM t ORDER BY a');
  expect(rows.map(({ a }) => a)).toEqual(acknowledged.sort((a, b) => a - b));
});

test('the one that came back is watched as well', { timeout: 60_000 }, async () => {
  const { engine } = temporary;
  const before = engine.restarts();
  process.kill(engine.pid()!, 'SIGSTOP');
  await expect.poll(() => engine.restarts(), { timeout: 30_000 }).toBe(before + 1);
  expect(await temporary.warehouse.query('SELECT count() > 0 AS some FROM t')).toEqual([{ some: 1 }]);
});

test('silence while this process itself did not run does not count: the machine slept', async () => {
  let asked = 0;
  let silentAfter = 0;
  const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  watchSilence({
    async ask() {
      asked += 1;
      if (asked <= 4) sleep(100);
      return false;
    },
    onSilent() {
      silentAfter = asked;
    },
    patience: { probes: 2, probeMs: 50 },
  });
  await expect.poll(() => silentAfter, { timeout: 20_000 }).toBeGreaterThanOrEqual(6);
});
