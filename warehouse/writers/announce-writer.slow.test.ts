import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import type { Warehouse } from '../warehouse.ts';
import { type AnnouncedWriter, announceWriter } from './announce-writer.ts';
import { describeWriter, livingWriters } from './living-writers.ts';
import { TAKEN_OVER } from './taken-over-error.ts';
import type { WriterKind } from './writer.ts';

let temporary: TemporaryWarehouse;
let server: Warehouse;
const announced: AnnouncedWriter[] = [];
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

async function announce(kind: WriterKind): Promise<AnnouncedWriter> {
  const writer = (await announceWriter(server, kind, kind === 'worker' ? 'topic' : ''))!;
  announced.push(writer);
  return writer;
}
/** One row, under its guard. */
const write = (writer: AnnouncedWriter) =>
  server.insertNative('written', ['a'], Buffer.from('01010161055549 6e743801'.replaceAll(' ', ''), 'hex'), {
    guard: writer.guard,
    structure: 'a UInt8',
  });
/** As of a process of another machine. */
const elsewhere = (step: string, secondsAgo: number) =>
  server.command(
    `INSERT INTO writers (owner, kind, host, process, machine, step, since, at)
     SELECT toUUID('00000000-0000-0000-0000-000000000001'), 'import', 'elsewhere', 7, 'elsewhere', {step:String}, at, now64(6) - toIntervalSecond({ago:UInt32}) AS at`,
    { step, ago: secondsAgo },
  );

test('the embedded engine needs none', async () => {
  expect(await announceWriter(temporary.warehouse, 'edge')).toBeUndefined();
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
  expect((await livingWriters(server)).map(({ kind }) => kind)).toEqual(allowed ? [first, second] : [first]);
  // Whoever was refused takes nothing away.
  await write(running);
  await running.end();
  if (!allowed) await write(await announce(second));
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
  await server.command('TRUNCATE TABLE writers');
  await elsewhere('admitted', 15);
  expect((await livingWriters(server)).map(describeWriter)).toEqual([
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
  const [self] = await livingWriters(server);
  await server.command('TRUNCATE TABLE writers');
  await server.insert('writers', [
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
      await server.query<{ n: number }>("SELECT count() AS n FROM writers WHERE step = 'alive' AND kind = 'scheduler'")
    )[0]!.n;
  const before = await count();
  await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(before);
});

test('an insert of one that is gone has ended before the next one reads', async () => {
  await elsewhere('ended', 0);
  const comment = 'hengjian-writer of one that was killed';
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
