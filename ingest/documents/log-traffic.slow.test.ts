/** AsyncAPI against real traffic: what edge, workers and foreign producers leave in a topic of a real broker. */

import { isUtf8 } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import { liveEvents } from '@hengjian/generator';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { type SharedBroker, sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import { openEventWriter } from '@hengjian/operations/open-event-writer.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { CompressionTypes, ConfigResourceTypes } from 'kafkajs';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventChecker } from '../check/event-checker.ts';
import { BATCH_TYPE, NDJSON_TYPE } from '../edge/event-body.ts';
import { createKey } from '../edge/keys/key-log.ts';
import type { IngestPart } from '../edge/start-ingest.ts';
import { HEADERS } from '../stream/log/record-headers.ts';
import { partitionOf } from '../stream/log/record-key.ts';
import { runWorker } from '../stream/worker/testing/run-worker.ts';
import { type TestTopic, testTopic } from '../stream/worker/testing/test-topic.ts';
import { anyEvent } from '../testing/arbitrary-event.ts';
import { startEdge } from '../testing/start-edge.ts';
import { REFUSED } from './asyncapi.ts';
import type { EdgeDocuments } from './edge-documents.ts';
import { BEYOND_SCHEMA } from './event-schemas.ts';
import { type DocumentValidator, documentValidator } from './testing/document-validator.ts';
import { recordsOf, type TopicRecord } from './testing/records-of.ts';

const PARTITIONS = 4;
const FOREIGN = 'https://foreign.example/events';

describe.skipIf(!hasJava())(
  `the topic is as AsyncAPI says${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  () => {
    let broker: SharedBroker;
    let temporary: TemporaryWarehouse;
    let topic: TestTopic;
    let edge: IngestPart;
    let document: EdgeDocuments['asyncapi'];
    let validator: DocumentValidator;
    let records: TopicRecord[];
    let sent = 0;
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-asyncapi-'));

    const edgeOn = (kafkaTopic: string) =>
      startEdge({
        warehouse: temporary.warehouse,
        environment: readEnvironment({
          HENGJIAN_DATA_DIR: dataDir,
          INGEST_PORT: '0',
          KAFKA_BROKERS: broker.brokers,
          KAFKA_TOPIC: kafkaTopic,
        }),
        logger: pino({ level: 'silent' }),
      });

    beforeAll(async () => {
      [broker, temporary] = await Promise.all([sharedBroker(), temporaryWarehouse()]);
      const key = await createKey(temporary.warehouse, { name: 'tester' });
      topic = await testTopic(broker.brokers, PARTITIONS);
      edge = await edgeOn(topic.name);
      document = (await (await fetch(`${edge.url}/v1/asyncapi.json`)).json()) as EdgeDocuments['asyncapi'];
      validator = documentValidator(document);
      const post = async (body: string, type: string) => {
        const response = await fetch(`${edge.url}/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': type },
          body,
        });
        expect([response.status, await response.text()]).toEqual([202, expect.any(String)]);
      };

      // By HTTP: the example of each message as its sender would copy it, drawn events, a stream with its defects.
      const examples = Object.values(document.components.messages).flatMap(
        (message) => (message as { examples?: { payload: object }[] }).examples ?? [],
      );
      const copied = examples.map(({ payload }, n) => ({ ...(payload as { type: string }), id: `example-${n}` }));
      const drawn = fc.sample(anyEvent, { numRuns: 300, seed: 4 });
      await post(JSON.stringify([...copied, ...drawn]), BATCH_TYPE);
      const live = liveEvents({ seed: 4, now: () => new Date('2026-06-01T10:00:00+08:00') });
      const lines = Array.from({ length: 1_000 }, () => live.next().value.trimEnd());
      await post([...lines, 'no JSON', '[1]'].join('\n'), NDJSON_TYPE);
      // Acts of the product itself, which no sender may bring.
      const opened = await openEventWriter({
        environment: { dataDir, kafkaBrokers: [broker.brokers], kafkaTopic: topic.name },
        warehouse: async () => temporary.warehouse,
      });
      const own = copied
        .filter(({ type }) => eventTypes.get(type)!.actor === 'product')
        .map((event) => ({ ...event, source: 'urn:hengjian:own' }));
      await opened.writer.write(own, fullRights('product'));
      await opened.stop();
      // Straight to the topic: any partition, packed and not, some of it broken.
      const foreign = Array.from({ length: 60 }, (_, n) => JSON.stringify({ ...copied[n]!, source: FOREIGN }));
      const broken = ['{"specversion":', '', Buffer.from([0xff]), '[]', foreign[0]!.replace('"time"', '"when"')];
      const anywhere = [...foreign, ...broken].map((value, n) => ({ value, partition: n % PARTITIONS }));
      await topic.send(anywhere.slice(0, 30), CompressionTypes.GZIP);
      await topic.send(anywhere.slice(30));
      sent = own.length + copied.length + drawn.length + lines.length + 2 + anywhere.length;

      const worker = await runWorker({ topic, warehouse: temporary.warehouse });
      await topic.untilRows(temporary.warehouse, sent);
      await worker.stop();
      records = await recordsOf(topic.kafka, topic.name);
    }, 400_000);
    afterAll(async () => {
      await edge?.stop();
      await topic?.close();
      await temporary?.close();
      await broker?.close();
      rmSync(dataDir, { recursive: true, force: true });
    });

    /** The message a record is, by its headers and its type; undefined: none. */
    function messageOf({ value, headers }: TopicRecord): { name: string; payload?: unknown } | undefined {
      if (headers[HEADERS.refused] !== undefined) return { name: REFUSED };
      try {
        const payload = JSON.parse(value.toString('utf8')) as { type?: unknown } | null;
        const name = payload?.type;
        return typeof name === 'string' && Object.hasOwn(document.channels.log.messages, name)
          ? { name, payload }
          : undefined;
      } catch {
        return undefined;
      }
    }

    /** What the document has against a record; undefined where it has no message for it. */
    function errorsOf(record: TopicRecord): string[] | undefined {
      const message = messageOf(record);
      if (!message) return undefined;
      const at = `/components/messages/${message.name}`;
      const errors = validator.errors(`${at}/headers`, record.headers);
      if (message.name === REFUSED)
        return [
          ...errors,
          ...validator.errors('/components/schemas/Refusal', JSON.parse(record.headers[HEADERS.refused]!)),
        ];
      return [...errors, ...validator.errors(`${at}/payload`, message.payload)];
    }

    const ofProduct = ({ headers }: TopicRecord) => HEADERS.request in headers || HEADERS.rerouted in headers;

    test('every record of the product is a message of the channel: value, headers', () => {
      const own = records.filter(ofProduct);
      expect(own.length).toBeGreaterThan(1_400);
      for (const record of own)
        expect([record.value.toString('utf8'), errorsOf(record)]).toEqual([expect.any(String), []]);
    });

    test('its key is SOURCE#ID, its partition the one of murmur2', () => {
      const keyed = records.filter((record) => ofProduct(record) && !(HEADERS.refused in record.headers));
      for (const { key, value, partition } of keyed) {
        const { source, id } = JSON.parse(value.toString('utf8')) as { source: string; id: string };
        expect(key).toBe(`${source}#${id}`);
        expect(partitionOf(Buffer.from(key!), PARTITIONS)).toBe(partition);
        expect(validator.errors('/components/messageBindings/record/kafka/key', key)).toEqual([]);
      }
    });

    test('what others produced: accepted by the checks where the document says so', () => {
      const checker = new EventChecker(Date.now());
      const foreign = records.filter((record) => !ofProduct(record));
      const outcomes = { accepted: 0, refused: 0 };
      for (const record of foreign) {
        const rejection = checker.check(record.value, 0, record.value.length, isUtf8(record.value));
        const errors = errorsOf(record);
        if (!rejection) expect(errors).toEqual([]);
        else if (errors?.length === 0) expect(BEYOND_SCHEMA).toContain(rejection.reason);
        outcomes[rejection ? 'refused' : 'accepted'] += 1;
      }
      expect(outcomes).toEqual({ accepted: 60, refused: 5 });
    });

    test('every message and every header of the document was seen, and no record went missing', async () => {
      const seen = new Set(records.map((record) => messageOf(record)?.name));
      expect(Object.keys(document.channels.log.messages).filter((name) => !seen.has(name))).toEqual([]);
      const headers = new Set(records.flatMap((record) => Object.keys(record.headers)));
      expect([...headers].sort()).toEqual(Object.values(HEADERS).sort());
      const copies = records.filter(({ headers: { [HEADERS.rerouted]: from } }) => from !== undefined).length;
      expect(copies).toBeGreaterThan(20);
      expect(records.length - copies).toBe(sent);
      const { events, duplicates, rejects } = await topic.counts(temporary.warehouse);
      expect(events + duplicates + rejects).toBe(sent);
    });

    test('address and group are those in use', async () => {
      expect(document.channels.log.address).toBe(topic.name);
      const admin = topic.kafka.admin();
      await admin.connect();
      const { groups } = await admin.listGroups();
      await admin.disconnect();
      expect(groups.map(({ groupId }) => groupId)).toContain(
        document.operations.storeEvents.bindings.kafka.groupId.const,
      );
    });

    test('a topic that the edge makes has the partitions and limits of the document', async () => {
      const name = `${topic.name}.made`;
      const other = await edgeOn(name);
      const admin = topic.kafka.admin();
      await admin.connect();
      const { partitions, topicConfiguration } = document.channels.log.bindings.kafka;
      const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
      expect(topics[0]!.partitions.length).toBe(partitions);
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name, configNames: Object.keys(topicConfiguration) }],
      });
      for (const [configName, value] of Object.entries(topicConfiguration))
        expect(resources[0]!.configEntries).toContainEqual(
          expect.objectContaining({ configName, configValue: String(value) }),
        );
      await admin.deleteTopics({ topics: [name] });
      await admin.disconnect();
      await other.stop();
    });
  },
);
