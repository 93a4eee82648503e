/** After `hengjian restore`: what a backup lacks comes from the log again, once. On a real broker and a real engine. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import { backupWarehouse, restoreWarehouse } from '@hengjian/warehouse';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { brokerAndEngine } from './testing/broker-and-engine.ts';
import type { RunningWorker } from './testing/run-worker.ts';
import { eventLine } from './testing/test-topic.ts';

const title = `a restored backup whose tables are of different moments${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`;

describe.skipIf(!hasJava())(title, { timeout: 400_000 }, () => {
  const real = brokerAndEngine({ startBroker: sharedBroker, partitions: 4, emptied: true });
  const { worker, counts, untilRows } = real;

  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'hengjian-restored-'));
    return () => rmSync(directory, { recursive: true, force: true });
  });
  /** The state as such a backup has it: rows above an offset are missing, each table's own. */
  const restoreWithout = async (missing: Record<string, string>) => {
    const { warehouse } = real;
    for (const [table, where] of Object.entries(missing)) {
      // Not by a mutation: the engine passes over parts that were restored before (0080_no_mutations.sql).
      await warehouse.command(`CREATE TABLE ${table}_less AS ${table}`);
      await warehouse.command(`INSERT INTO ${table}_less SELECT * FROM ${table} WHERE NOT (${where})`);
      await warehouse.command(`EXCHANGE TABLES ${table}_less AND ${table}`);
      await warehouse.command(`DROP TABLE ${table}_less SYNC`);
    }
    const file = join(directory, `${randomUUID()}.tar`);
    await backupWarehouse(warehouse, file);
    await restoreWarehouse(warehouse, file, { force: true });
  };
  /** All that can be in a partition: events, duplicates, refused records, and events of other partitions. */
  const send = async (name: string) => {
    const events = Array.from({ length: 200 }, (_, n) => eventLine(`${name}-${n}`));
    const strangers = events.map((value) => ({ value, partition: (real.topic.home(value) + 1) % 4 }));
    const again = events.map((value) => ({ value, partition: real.topic.home(value) }));
    await real.topic.send([...strangers.slice(0, 100), ...again.slice(100), ...again.slice(150)]);
    await real.topic.send(Array.from({ length: 8 }, (_, n) => ({ value: `not json ${name}`, partition: n % 4 })));
    await real.topic.send(again.slice(0, 40));
    return 200 + 50 + 8 + 40;
  };
  /** Times the four partitions of the topic. */
  const openRestores = async () => {
    const [row] = await real.warehouse.query<{ open: number }>(
      'SELECT 4 * (SELECT count() FROM restores) - (SELECT count() FROM followed_restores WHERE topic = {topic:String}) AS open',
      { topic: real.topic.name },
    );
    return row!.open;
  };
  const session = async (rows: number) => {
    const one = await worker();
    await untilRows(rows);
    await vi.waitFor(async () => expect(await openRestores()).toBe(0), { timeout: 180_000, interval: 100 });
    await real.topic.untilRead();
    await one.stop();
    expect(one.failures).toEqual([]);
  };
  const whole = { events: 400, duplicates: 180, rejects: 16 };

  test.each([
    ['events', { events: 'origin_pos >= 60' }],
    ['duplicates and refused records', { duplicates: 'origin_pos >= 60', rejects: 'origin_pos >= 100' }],
    ['copies that were rerouted', { forwarded_records: 'pos >= 60' }],
    ['events and copies', { events: 'origin_pos >= 90', forwarded_records: 'pos >= 30' }],
    ['all but events', { duplicates: '1', rejects: '1', forwarded_records: '1' }],
  ])('%s missing: what is missing is stored, nothing is counted twice', async (_, missing) => {
    const rows = (await send('first')) + (await send('second'));
    await session(rows);
    expect(await counts()).toEqual(whole);
    await restoreWithout(missing);
    // No record came after the backup.
    await session(rows);
    expect(await counts()).toEqual(whole);
    // And once more, where records come after it, and the group has read them by then.
    await real.topic.send([{ value: 'later, not json', partition: 1 }]);
    await session(rows + 1);
    await restoreWithout(missing);
    await real.topic.send([{ value: 'last, not json', partition: 2 }]);
    await session(rows + 2);
    expect(await counts()).toEqual({ ...whole, rejects: 18 });
  });

  test('is followed once: the next worker reads on from the commits', async () => {
    const rows = 200;
    const lines = Array.from({ length: rows }, (_, n) => eventLine(`once-${n}`));
    await real.topic.send(lines.map((value) => ({ value, partition: real.topic.home(value) })));
    await session(rows);
    await restoreWithout({ events: 'origin_pos >= 20' });
    await session(rows);
    let leftOut = 0;
    const one = await worker({ batch: (seen) => (leftOut += seen.leftOut) });
    await real.topic.send([{ value: 'later, not json', partition: 0 }]);
    await untilRows(rows + 1);
    await one.stop();
    expect(leftOut).toBe(0);
  });

  test.each([0, 100, 250])(
    'workers that join %i ms after each other follow it once: nothing is passed over',
    async (ms) => {
      const lines = Array.from({ length: 240 }, (_, n) => eventLine(`joining-${n}`));
      const records = lines.map((value) => ({ value, partition: real.topic.home(value) }));
      await real.topic.send(records.slice(0, 200));
      await session(200);
      await restoreWithout({ events: 'origin_pos >= 20' });
      await real.topic.send(records.slice(200));
      const workers: RunningWorker[] = [];
      for (let n = 0; n < 3; n += 1) {
        workers.push(await worker());
        await pause(ms);
      }
      await untilRows(240);
      await real.topic.untilRead();
      await Promise.all(workers.map((one) => one.stop()));
      expect(await counts()).toEqual({ events: 240, duplicates: 0, rejects: 0 });
    },
  );

  test('a worker that ran on elsewhere during the restore takes its partitions anew', async () => {
    const lines = Array.from({ length: 240 }, (_, n) => eventLine(`living-${n}`));
    const records = lines.map((value) => ({ value, partition: real.topic.home(value) }));
    const one = await worker();
    await one.joined;
    await real.topic.send(records.slice(0, 200));
    await untilRows(200);
    await real.topic.untilRead();
    await restoreWithout({ events: 'origin_pos >= 20' });
    await real.topic.send(records.slice(200));
    await untilRows(240);
    await real.topic.untilRead();
    await one.stop();
    expect(await counts()).toEqual({ events: 240, duplicates: 0, rejects: 0 });
    expect(await openRestores()).toBe(0);
  });
});
