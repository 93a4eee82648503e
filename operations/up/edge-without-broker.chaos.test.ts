/** An edge in front of a log serves also while no broker answers, and begins when one does; what needs brokers says so. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '@hengjian/ingest';
import { APPEND_TIME } from '@hengjian/ingest/stream/log/append-time.ts';
import { PARTITIONS } from '@hengjian/ingest/stream/log/topic.ts';
import { readRunFile } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import kafkajs from 'kafkajs';
import { expect, test, vi } from 'vitest';
import { eventOf, post, untilStored } from '../chaos/steady-sender.ts';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { hengjian, startUp } from '../testing/front-door.ts';

const TOPIC = 'begun.late';

async function settingsOf(brokers: string): Promise<{ partitions: number; appendTime: string | undefined }> {
  const admin = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: TOPIC, configNames: [APPEND_TIME.name] }],
    });
    return { partitions: topics[0]!.partitions.length, appendTime: resources[0]?.configEntries[0]?.configValue };
  } finally {
    await admin.disconnect();
  }
}

test.skipIf(!hasJava())(
  `an edge begins without a broker, also as its supervisor starts it again, and takes events when one answers${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-edge-'));
    const [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
    const { warehouse } = temporary;
    const env = {
      HENGJIAN_DATA_DIR: dataDir,
      CLICKHOUSE_URL: temporary.url,
      KAFKA_BROKERS: broker.brokers,
      KAFKA_TOPIC: TOPIC,
    };
    const key = await createKey(warehouse, { name: 'one' });
    const source = '/edge/early';
    const ingest = () => readRunFile(dataDir)!.ingest!.url;
    const send = (n: number) => post(`${ingest()}/v1/events`, key, eventOf(source, n));
    const expectClosed = async () => {
      const response = await fetch(`${ingest()}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents+json' },
        body: eventOf(source, 0),
      });
      expect([response.status, response.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({
        detail: 'No broker of the event log (Kafka) answers at this moment. Nothing was taken; send it again.',
      });
      expect((await fetch(`${ingest()}/health/live`)).status).toBe(200);
      expect((await fetch(`${ingest()}/health/ready`)).status).toBe(503);
    };
    try {
      await broker.kill();
      const edge = await startUp(['--only', 'ingest'], env);
      expect(edge.output()).toContain(`No broker answers at ${broker.brokers} (KAFKA_BROKERS;`);
      await expectClosed();

      const [part] = edge.descendants();
      process.kill(part!, 'SIGKILL');
      await vi.waitFor(() => expect(edge.output()).toContain('ingest is back'), { timeout: 100_000, interval: 200 });
      await expectClosed();

      await broker.start();
      await vi.waitFor(async () => expect((await fetch(`${ingest()}/health/ready`)).status).toBe(200), {
        timeout: 100_000,
        interval: 200,
      });
      expect((await send(1)).status).toBe(202);
      expect(await settingsOf(broker.brokers)).toEqual({ partitions: PARTITIONS, appendTime: APPEND_TIME.value });
      const worker = await startUp(['--only', 'worker'], {
        ...env,
        HENGJIAN_DATA_DIR: join(dataDir, 'worker'),
        WORKER_PORT: '0',
      });
      await untilStored(warehouse, source, 1);
      await worker.end();
      expect(await edge.end()).toBe(0);
    } finally {
      await temporary.close();
      await broker.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);

test('what cannot do anything without a broker fails with one sentence and exit code 69', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-edge-'));
  try {
    const env = { HENGJIAN_DATA_DIR: dataDir, KAFKA_BROKERS: '127.0.0.1:1' };
    const sentence =
      'No broker answers at 127.0.0.1:1 (KAFKA_BROKERS; Connection error: connect ECONNREFUSED 127.0.0.1:1): start it (npm run kafka) or correct KAFKA_BROKERS.\n';
    const file = join(dataDir, 'one.ndjson');
    writeFileSync(file, `${eventOf('/edge/early', 1)}\n`);
    expect(await hengjian(['import', file], env)).toEqual({ code: 69, stdout: '', stderr: sentence });
    expect(await hengjian(['up'], env)).toMatchObject({ code: 69, stderr: sentence });
    const worker = { ...env, CLICKHOUSE_URL: 'http://127.0.0.1:1/hengjian' };
    expect(await hengjian(['up', '--only', 'worker'], worker)).toMatchObject({ code: 69, stderr: sentence });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
