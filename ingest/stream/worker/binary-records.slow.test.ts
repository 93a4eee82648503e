/** CloudEvents' binary mode over Kafka (`ce_*` headers) is what the official SDKs send by default: their own messages come in. */
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import { CloudEvent, Kafka } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import { brokerAndEngine } from './testing/broker-and-engine.ts';
import { eventLine, SOURCE } from './testing/test-topic.ts';

const title = `records in binary mode${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`;

describe.skipIf(!hasJava())(title, { timeout: 400_000 }, () => {
  const real = brokerAndEngine({ startBroker: sharedBroker, partitions: 2 });

  test('are stored as those in structured mode are; the same event in the other mode is a duplicate; a broken one is a reject', async () => {
    const sent = (id: string, mode: 'binary' | 'structured') => {
      const event = { ...JSON.parse(eventLine(id, { account: '甲' })), datacontenttype: 'application/json' };
      const { headers, value } = Kafka[mode](new CloudEvent(event));
      return {
        value: typeof value === 'string' ? value : JSON.stringify(value),
        // Attributes that an event has not stand there as undefined, which the client does not send.
        headers: Object.fromEntries(
          Object.entries(headers as Record<string, string>).filter(([, text]) => text !== undefined),
        ),
        partition: real.topic.home(eventLine(id)),
      };
    };
    const broken = { ...sent('binary-broken', 'binary'), value: '{"account":' };
    await real.topic.send([
      sent('binary-1', 'binary'),
      sent('structured-1', 'structured'),
      sent('binary-1', 'structured'),
      sent('structured-1', 'binary'),
      broken,
    ]);
    const worker = await real.worker();
    await real.untilRows(5);
    await worker.stop();
    expect(worker.failures).toEqual([]);
    expect(await real.counts()).toEqual({ events: 2, duplicates: 2, rejects: 1 });
    const columns = 'source, type, department, toString(time) AS time, data, extensions';
    const rows = await real.warehouse.query<Record<string, unknown>>(`SELECT ${columns} FROM events ORDER BY id`);
    expect(rows[0]).toMatchObject({ source: SOURCE, department: 'scjg', data: '{"account":"甲"}' });
    expect(rows[0]).toEqual(rows[1]);
    expect(await real.warehouse.query('SELECT reason, id FROM rejects')).toEqual([
      { reason: 'wrong_type', id: 'binary-broken' },
    ]);
  });
});
