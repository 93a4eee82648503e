import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Lease } from './lease.ts';
import type { LeaseKind } from './lease-kinds.ts';
import { describeLease, livingLeases } from './living-leases.ts';
import { TAKEN_OVER } from './taken-over-error.ts';
import { writerLease } from './writer-lease.ts';

let temporary: TemporaryWarehouse;
let server: Warehouse;
const announced: Lease[] = [];
const LOG = { topic: 'topic', cluster: 'cluster' };
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  server = await openWarehouse({ url: temporary.url });
  await server.command('CREATE TABLE written (a UInt8) ENGINE = MergeTree ORDER BY a');
});
afterEach(async () => {
  for (const writer of announced.splice(0)) await writer.end();
});
afterAll(async () => {
  await server.close();
  await temporary.close();
});

async function announce(kind: LeaseKind, log = LOG): Promise<Lease> {
  const writer = (await writerLease(server, { kind, ...(kind === 'worker' ? log : {}) }))!;
  announced.push(writer);
  return writer;
}
/** One row, under its guard. */
const write = (writer: Lease) =>
  server.insertNative('written', ['a'], Buffer.from('01010161055549 6e743801'.replaceAll(' ', ''), 'hex'), {
    guard: writer.guard,
    structure: 'a UInt8',
  });
/** As of a process of another machine. */
const elsewhere = (step: string, secondsAgo: number) =>
  server.command(
    `INSERT INTO leases (owner, kind, host, process, machine, step, since, at)
     SELECT toUUID('00000000-0000-0000-0000-000000000001'), 'import', 'elsewhere', 7, 'elsewhere', {step:String}, at, now64(6) - toIntervalSecond({ago:UInt32}) AS at`,
    { step, ago: secondsAgo },
  );

test('the embedded engine needs none', async () => {
  expect(await writerLease(temporary.warehouse, { kind: 'edge' })).toBeUndefined();
});

test.each([
  ['edge', 'edge', false],
  ['edge', 'import', false],
  ['edge', 'worker', false],
  ['import', 'edge', false],
  ['import', 'import', false],
  ['import', 'worker', false],
  ['worker', 'edge', false],
  ['worker', 'import', false],
  ['worker', 'worker', true],
  ['scheduler', 'edge', true],
  ['scheduler', 'scheduler', true],
  ['edge', 'scheduler', true],
  ['worker', 'scheduler', true],
] as const)('beside a running %s, %s: %s', async (first, second, allowed) => {
  const running = await announce(first);
  if (allowed) await announce(second);
  else
    await expect(announce(second)).rejects.toMatchObject({
      exitCode: 75,
      message: expect.stringMatching(
        /^An? .+ \(host .+, process \d+, since \d{4}-.+\) writes into this warehouse, and the \w+ would not see .+ KAFKA_BROKERS.+ 20 seconds later\.$/,
      ),
    });
  expect((await livingLeases(server)).map(({ kind }) => kind)).toEqual(allowed ? [first, second] : [first]);
  // Whoever was refused takes nothing away.
  await write(running);
  await running.end();
  if (!allowed) await write(await announce(second));
});

test.each([
  [{ topic: 'other', cluster: 'cluster' }, 'topic other \\(cluster cluster\\)'],
  [{ topic: 'topic', cluster: 'other' }, 'topic topic \\(cluster other\\)'],
])('workers of another log are refused: %o', async (log, named) => {
  await announce('worker');
  await announce('worker');
  await expect(announce('worker', log)).rejects.toMatchObject({
    exitCode: 75,
    message: expect.stringMatching(
      new RegExp(
        `^A worker \\(host .+\\) stores events of topic topic \\(cluster cluster\\) in this warehouse, and this one would store those of ${named}: .+stored twice.+KAFKA_TOPIC`,
      ),
    ),
  });
  for (const writer of announced.splice(0)) await writer.end();
  await announce('worker', log);
});

test('of many that begin at once at most one goes on, and it alone writes', async () => {
  for (let round = 0; round < 10; round += 1) {
    const begun = await Promise.allSettled(Array.from({ length: 4 }, (_, n) => announce(n % 2 ? 'edge' : 'import')));
    const admitted = begun.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const written = await Promise.allSettled(admitted.map(write));
    expect(written.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    for (const writer of announced.splice(0)) await writer.end();
  }
  await write(await announce('edge'));
});

test('one that was silent while another took over writes no more, also when that one has ended', async () => {
  const silent = await announce('edge');
  // As if it had been: another of a later time, admitted.
  await elsewhere('admitted', 0);
  await expect(write(silent)).rejects.toThrow(TAKEN_OVER);
  await elsewhere('ended', 0);
  await expect(write(silent)).rejects.toThrow(TAKEN_OVER);
});

test('one of another machine that says nothing counts for 20 seconds, one of this machine for as long as it runs', async () => {
  await elsewhere('ended', 0);
  await server.command('TRUNCATE TABLE leases');
  await elsewhere('admitted', 15);
  expect((await livingLeases(server)).map(describeLease)).toEqual([
    expect.stringMatching(
      /^an import without Kafka \(host elsewhere, process 7, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\)$/,
    ),
  ]);
  await expect(announce('edge')).rejects.toThrow(/An import without Kafka \(host elsewhere/);
  await expect
    .poll(() => announce('edge').then(() => 'admitted', String), { timeout: 60_000, interval: 500 })
    .toBe('admitted');
  await announced.pop()!.end();

  await announce('edge');
  // Its process has gone: the row of this machine names one that does not run.
  const [self] = await livingLeases(server);
  await server.command('TRUNCATE TABLE leases');
  await server.insert('leases', [
    {
      owner: self!.owner,
      kind: 'edge',
      machine: self!.machine,
      process: 2 ** 30,
      step: 'admitted',
      since: '2026-01-01',
    },
  ]);
  await announce('edge');
});

test('it says that it lives', async () => {
  await announce('scheduler');
  const count = async () =>
    (
      await server.query<{ n: number }>("SELECT count() AS n FROM leases WHERE step = 'alive' AND kind = 'scheduler'")
    )[0]!.n;
  const before = await count();
  await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(before);
});

test('an insert of one that is gone has ended before the next one reads', async () => {
  await elsewhere('ended', 0);
  const comment = 'hengjian-lease edge of-one-that-was-killed';
  const running = server.query('SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1', undefined, {
    log_comment: comment,
    function_sleep_max_microseconds_per_block: 0,
  });
  const ended = expect(running).rejects.toThrow(/cancelled/i);
  const count = async () =>
    (
      await server.query<{ n: number }>(
        "SELECT count() AS n FROM system.processes WHERE Settings['log_comment'] = {comment:String}",
        { comment },
      )
    )[0]!.n;
  await expect.poll(count, { timeout: 30_000 }).toBe(1);
  await announce('worker');
  expect(await count()).toBe(0);
  await ended;
});
