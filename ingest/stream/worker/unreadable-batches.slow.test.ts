/** Record batches that are too much at once, from a real broker: what can be read is stored, the rest is refused, the partition moves on. */
import { zstdCompressSync } from 'node:zlib';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import kafkajs from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { recordBatch, recordsOf } from '../log/testing/record-batch.ts';
import { brokerAndEngine } from './testing/broker-and-engine.ts';
import { produceBatch } from './testing/produce-batch.ts';
import { eventLine } from './testing/test-topic.ts';

const { ZSTD } = kafkajs.CompressionTypes;
const title = `large record batches${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`;

describe.skipIf(!hasJava())(title, { timeout: 400_000 }, () => {
  const real = brokerAndEngine({ startBroker: sharedBroker, partitions: 1, emptied: true });
  const { worker, counts, untilRows } = real;
  const line = (name: string) => ({ value: eventLine(name), partition: 0 });

  test('one batch of 150,000 events is read: more than kafkajs bears', async () => {
    const count = 150_000;
    const packed = zstdCompressSync(recordsOf(Array.from({ length: count }, (_, n) => eventLine(`many-${n}`))));
    await produceBatch(real.broker.brokers, real.topic.name, 0, recordBatch({ count, packed, compression: ZSTD }));
    await real.topic.send([line('behind')]);
    const one = await worker();
    await untilRows(150_001);
    await one.stop();
    expect(one.failures).toEqual([]);
    expect(await counts()).toEqual({ events: 150_001, duplicates: 0, rejects: 0 });
  });

  test('a batch of 20 KB that unpacks to 200 MiB is refused as a whole, once; what stands around it is stored', async () => {
    await real.topic.send([line('before')]);
    const packed = zstdCompressSync(
      recordsOf([eventLine('lost'), Buffer.alloc(200 * 1024 * 1024), eventLine('lost too')]),
    );
    await produceBatch(real.broker.brokers, real.topic.name, 0, recordBatch({ count: 3, packed, compression: ZSTD }));
    await real.topic.send([line('behind')]);
    const one = await worker();
    await untilRows(3);
    await real.topic.untilRead();
    await one.stop();
    expect(one.failures).toEqual([]);
    const rejects = () =>
      real.warehouse.query<Record<string, unknown>>(
        `SELECT reason, origin_kind, origin_part, origin_pos, size = length(bytes) AS whole, substring(detail, 1, 87) AS head
         FROM rejects WHERE origin = {name:String}`,
        { name: real.topic.name },
      );
    const refused = {
      reason: 'unreadable_batch',
      origin_kind: 'kafka',
      origin_part: 0,
      origin_pos: 3,
      whole: 1,
      head: 'offsets 1 to 3, 3 records, Zstandard: unpacks to more than 134217728 bytes; a record ba',
    };
    expect(await rejects()).toEqual([refused]);
    // Read again from the beginning it is the same reject.
    await real.topic.forgetGroup();
    await real.topic.send([line('last')]);
    const two = await worker();
    await untilRows(4);
    await real.topic.untilRead();
    await two.stop();
    expect(await rejects()).toEqual([refused]);
    expect(await counts()).toEqual({ events: 3, duplicates: 0, rejects: 1 });
  });
});
