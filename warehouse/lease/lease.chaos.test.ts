/** Real processes that are frozen and killed while they hold the lease. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import type { Warehouse } from '../warehouse.ts';
import { livingLeases } from './living-leases.ts';

const script = fileURLToPath(new URL('./testing/hold-in-turn.ts', import.meta.url));
const patient = { timeout: 120_000, interval: 100 };

let temporary: TemporaryWarehouse;
let server: Warehouse;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  server = await openWarehouse({ url: temporary.url });
  // Blocks are numbered as they are committed.
  await server.command(
    'CREATE TABLE written (token UInt64, process UInt32, n UInt8) ENGINE = MergeTree ORDER BY tuple() SETTINGS enable_block_number_column = 1',
  );
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server?.close();
  await temporary?.close();
});

function start(): ChildProcess {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, CLICKHOUSE_URL: temporary.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

const latest = async () =>
  (
    await server.query<{ token: string; process: number; rows: number }>(
      'SELECT toString(token) AS token, process, count() OVER () AS rows FROM written ORDER BY _block_number DESC LIMIT 1',
    )
  )[0] ?? { token: '0', process: 0, rows: 0 };

/** The holder, caught while it holds: a process whose row came last, frozen before its fifth. */
async function freezeHolder(): Promise<ChildProcess> {
  for (;;) {
    const { process: pid } = await latest();
    const child = [...running].find((one) => one.pid === pid);
    if (child) {
      child.kill('SIGSTOP');
      const [row] = await server.query<{ admitted: number }>(
        `SELECT count() AS admitted FROM leases WHERE process = {pid:UInt32} AND step = 'admitted'
           AND owner NOT IN (SELECT owner FROM leases WHERE step = 'ended')`,
        { pid },
      );
      if (row!.admitted > 0) return child;
      child.kill('SIGCONT');
    }
    await pause(30);
  }
}

const moreRowsThan = (rows: number) => expect.poll(async () => (await latest()).rows, patient).toBeGreaterThan(rows);

test('of two processes one writes at a time, whichever is frozen or killed', { timeout: 400_000 }, async () => {
  const [first, second] = [start(), start()];
  await moreRowsThan(20);

  // Frozen for longer than a silent holder is waited for: the other one takes over, and what the first one still had to say is refused.
  const frozen = await freezeHolder();
  const lost = once(frozen.stdout!, 'data');
  const { token, rows } = await latest();
  await expect.poll(async () => (await latest()).token, patient).not.toBe(token);
  await moreRowsThan(rows + 10);
  frozen.kill('SIGCONT');
  expect(String((await lost)[0])).toMatch(/another writer has taken over from this one|lost/);
  // It asks again, and has its turn.
  await expect.poll(async () => (await latest()).process, patient).toBe(frozen.pid);

  // Killed: seen at once by one of the same machine, without waiting for its silence.
  const killed = await freezeHolder();
  const exited = once(killed, 'exit');
  killed.kill('SIGKILL');
  await exited;
  expect((await livingLeases(server)).map((lease) => lease.process)).not.toContain(killed.pid);
  await moreRowsThan((await latest()).rows);
  expect((await latest()).process).toBe((killed === first ? second : first).pid);

  const mixed = await server.query(
    'SELECT token, process FROM (SELECT token, process, lagInFrame(token) OVER (ORDER BY _block_number) AS previous FROM written) WHERE token < previous',
  );
  expect(mixed).toEqual([]);
  const owners = await server.query('SELECT token FROM written GROUP BY token HAVING uniqExact(process) > 1');
  expect(owners).toEqual([]);
});
