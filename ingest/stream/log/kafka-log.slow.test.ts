/** The way of an event at scale: HTTP edge → log → worker → warehouse, on a real broker and engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fullRights, unrestrictedRights } from '@hengjian/contract/write-rights.ts';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { openEventWriter } from '@hengjian/operations/open-event-writer.ts';
import { readEnvironment } from '@hengjian/warehouse';
import kafkajs from 'kafkajs';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKey } from '../../edge/keys/key-log.ts';
import type { IngestPart } from '../../edge/start-ingest.ts';
import { of, push } from '../../testing/limited-keys.ts';
import { startEdge } from '../../testing/start-edge.ts';
import { brokerAndEngine } from '../worker/testing/broker-and-engine.ts';
import { readTopic } from '../worker/testing/read-topic.ts';
import { eventLine, SOURCE } from '../worker/testing/test-topic.ts';
import { grantKey, grantMark } from './grant-keys.ts';

const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));

describe.skipIf(!hasJava())(
  `the log behind the edge${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  () => {
    const real = brokerAndEngine({ startBroker: temporaryBroker, partitions: 4 });
    const { worker, counts, untilRows } = real;
    let edge: IngestPart;
    let key: string;
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-edge-'));
    beforeAll(async () => {
      key = await createKey(real.warehouse, { name: 'one source', sources: [SOURCE] });
    });
    afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
    beforeEach(async () => {
      edge = await startEdge({
        warehouse: real.warehouse,
        environment: readEnvironment({
          HENGJIAN_DATA_DIR: dataDir,
          INGEST_PORT: '0',
          KAFKA_BROKERS: real.broker.brokers,
          KAFKA_TOPIC: real.topic.name,
        }),
        logger,
      });
      return () => edge.stop();
    });
    const post = (lines: readonly string[], by = key) =>
      fetch(`${edge.url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${by}`, 'content-type': 'application/x-ndjson' },
        body: lines.join('\n'),
      });

    test('202 once the brokers have the events; workers find duplicates and file what the edge refused', async () => {
      const refused = [
        eventLine('bad').replace('login.succeeded', 'no.such.type'),
        eventLine('foreign').replace(SOURCE, '/systems/other'),
      ];
      const response = await post([eventLine('a'), eventLine('b'), eventLine('a'), ...refused]);
      expect(response.status).toBe(202);
      expect(await response.json()).toMatchObject({
        accepted: 3,
        duplicate: null,
        rejected: [
          { index: 3, reason: 'unknown_type' },
          { index: 4, reason: 'source_not_allowed' },
        ],
      });
      const metrics = await (await fetch(`${edge.url}/metrics`)).text();
      expect(metrics).toContain('hengjian_ingest_log_records_total 5\n');
      expect(metrics).toContain('hengjian_ingest_events_total{outcome="accepted"} 3\n');
      expect(metrics).toContain('hengjian_ingest_events_total{outcome="rejected"} 2\n');
      expect(metrics).toContain('hengjian_ingest_failed_blocks_total 0\n');
      const one = await worker();
      await untilRows(5);
      await one.stop();
      expect(await counts()).toEqual({ events: 2, duplicates: 1, rejects: 2 });
      const rejects = await real.warehouse.query(
        'SELECT reason, source, id, request FROM rejects WHERE origin = {name:String} ORDER BY reason',
        { name: real.topic.name },
      );
      const request = response.headers.get('x-request-id');
      expect(rejects).toEqual([
        { reason: 'source_not_allowed', source: '/systems/other', id: 'foreign', request },
        { reason: 'unknown_type', source: SOURCE, id: 'bad', request },
      ]);
    });

    test('a push that is only in the log is answered by its unit at once', async () => {
      const registry = await createKey(real.warehouse, { name: 'registry' });
      const unit = await createKey(real.warehouse, { name: 'unit', units: ['scjg'] });
      const answered = of('push.outcome_fed_back', { push_id: 'fresh', outcome: 'refused', decided_on: '2025-04-02' });
      const pushed = push('fresh', 'scjg', SOURCE);
      const taken = [];
      for (const [event, by] of [
        [answered, unit],
        [pushed, registry],
        [answered, unit],
      ] as const)
        taken.push(((await (await post([JSON.stringify(event)], by)).json()) as { accepted: number }).accepted);
      expect(taken).toEqual([0, 1, 1]);
    });

    test('a product command without a running edge writes through the log, and what is refused is filed', async () => {
      const opened = await openEventWriter({
        environment: { dataDir, kafkaBrokers: [real.broker.brokers], kafkaTopic: real.topic.name },
        warehouse: () => Promise.reject(new Error('beside workers nobody else may write')),
      });
      const events = ['c1', 'c2', 'c1'].map((id) => JSON.parse(eventLine(id)) as object);
      const wrong = { ...events[0], type: 'no.such.type' };
      expect(await opened.writer.write([...events, wrong], unrestrictedRights('closing'))).toMatchObject({
        accepted: 3,
        duplicate: null,
        rejected: [{ index: 3, id: 'c1', reason: 'unknown_type' }],
      });
      await opened.stop();
      const one = await worker();
      await untilRows(4);
      await one.stop();
      expect(await counts()).toEqual({ events: 2, duplicates: 1, rejects: 1 });
    });

    test('acts of the product itself go through the log with its mark; of a producer they are refused, also with a mark it saw', async () => {
      const published = (id: string) => eventLine(id).replace('login.succeeded', 'score.published');
      const mine = published('mine');
      const opened = await openEventWriter({
        environment: { dataDir, kafkaBrokers: [real.broker.brokers], kafkaTopic: real.topic.name },
        warehouse: async () => real.warehouse,
      });
      const event = JSON.parse(mine) as object;
      expect(await opened.writer.write([event], fullRights('closing'))).toMatchObject({ accepted: 1, rejected: [] });
      expect(await opened.writer.write([event], unrestrictedRights('other'))).toMatchObject({
        accepted: 0,
        rejected: [{ id: 'mine', reason: 'not_granted' }],
      });
      await opened.stop();
      const mark = {
        'hengjian-granted': grantMark(await grantKey(real.warehouse), Buffer.from(JSON.stringify(event))),
      };
      const foreign = (id: string, headers = {}) => ({
        value: published(id),
        partition: real.topic.home(published(id)),
        headers,
      });
      await real.topic.send([foreign('plain'), foreign('seen', mark), foreign('made', { 'hengjian-granted': 'ab' })]);
      // Put where it does not belong, with its mark: the worker takes it home, mark and all.
      const strayed = published('strayed');
      const straying = { 'hengjian-granted': grantMark(await grantKey(real.warehouse), Buffer.from(strayed)) };
      await real.topic.send([{ value: strayed, partition: (real.topic.home(strayed) + 1) % 4, headers: straying }]);
      const one = await worker();
      await untilRows(6);
      await one.stop();
      expect(await counts()).toEqual({ events: 2, duplicates: 0, rejects: 4 });
      const stored = await real.warehouse.query("SELECT id FROM events WHERE type = 'score.published' ORDER BY id");
      expect(stored).toEqual([{ id: 'mine' }, { id: 'strayed' }]);
    });

    test('a batch that the brokers do not take is counted as given up, and its sender is told', async () => {
      const admin = real.topic.kafka.admin();
      await admin.connect();
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: kafkajs.ConfigResourceTypes.TOPIC,
            name: real.topic.name,
            configEntries: [{ name: 'max.message.bytes', value: '100' }],
          },
        ],
      });
      await admin.disconnect();
      expect(await (await post([eventLine('large')])).json()).toMatchObject({ status: 503 });
      const metrics = await (await fetch(`${edge.url}/metrics`)).text();
      expect(metrics).toContain('hengjian_ingest_failed_blocks_total 1\n');
      expect(metrics).not.toContain('hengjian_ingest_events_total{outcome="accepted"}');
    });

    test('partitions added while an edge runs: what it answers 202 for is in the log', async () => {
      const lines = (name: string) => Array.from({ length: 200 }, (_, n) => eventLine(`${name}-${n}`));
      expect((await post(lines('before'))).status).toBe(202);
      await real.topic.grow(9);
      // Asked for its health the edge counts the partitions, long before its producer hears of them by itself.
      expect((await fetch(`${edge.url}/health/ready`)).status).toBe(200);
      expect((await post(lines('after'))).status).toBe(202);
      expect(await readTopic(real.topic.kafka, real.topic.name)).toMatchObject({ records: 400, events: 400 });
      const one = await worker();
      await untilRows(400);
      await one.stop();
      expect(await counts()).toEqual({ events: 400, duplicates: 0, rejects: 0 });
    });

    test('events are accepted while the engine is away, and stored when it is back', async () => {
      expect((await post([eventLine('before')])).status).toBe(202);
      const one = await worker();
      await untilRows(1);
      process.kill(real.temporary.engine.pid()!, 'SIGKILL');
      for (let n = 0; n < 20; n += 1) expect((await post([eventLine(`away-${n}`)])).status).toBe(202);
      await untilRows(21);
      await one.stop();
      expect(await counts()).toEqual({ events: 21, duplicates: 0, rejects: 0 });
    });

    test('while the broker is away senders are asked to come again; nothing acknowledged is missing', async () => {
      const acknowledged: string[] = [];
      let starting: Promise<void> | undefined;
      for (let n = 0; n < 40; n += 1) {
        for (;;) {
          const response = await post([eventLine(`k-${n}`)]);
          await response.arrayBuffer();
          if (response.status === 202) break;
          expect(response.status).toBe(503);
          expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
          await pause(100);
        }
        acknowledged.push(`k-${n}`);
        if (n !== 10) continue;
        await real.broker.kill();
        starting = real.broker.start();
      }
      await starting;
      const one = await worker();
      await untilRows(40);
      await one.stop();
      const stored = await real.warehouse.query<{ id: string }>('SELECT id FROM events WHERE origin = {name:String}', {
        name: real.topic.name,
      });
      expect(stored.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
    });
  },
);
