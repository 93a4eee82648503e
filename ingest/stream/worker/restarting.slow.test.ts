/**
 * Incident “consumer … restarting for ever” (tulios/kafkajs#1721, #1513, #659), on a real broker. Its other half, “silently
 * stuck after a rebalance” (#1720, #1527), is in incidents.test.ts and operations/chaos/rebalance.test.ts.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';
import { type SupervisedPart, supervisePart } from '@hengjian/operations/up/supervise-part.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupOf } from '../log/topic.ts';
import { type FaultyBroker, faultyBroker } from './testing/faulty-broker.ts';
import { runWorker } from './testing/run-worker.ts';
import { eventLine, type TestTopic, testTopic } from './testing/test-topic.ts';
import { workerEnvironment } from './testing/worker-environment.ts';

const PARTITIONS = 2;
const lines = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({ value: eventLine(`${name}-${n}`), partition: n % PARTITIONS }));

describe.skipIf(!hasJava())(
  `a consumer that could restart for ever${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  () => {
    let faulty: FaultyBroker;
    let broker: TemporaryBroker;
    let temporary: TemporaryWarehouse;
    beforeAll(async () => {
      faulty = await faultyBroker();
      [broker, temporary] = await Promise.all([
        temporaryBroker((port) => {
          faulty.target = port;
          return {
            'advertised.listeners': `PLAINTEXT://127.0.0.1:${faulty.port}`,
            'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
            'allow.everyone.if.no.acl.found': 'true',
            'super.users': 'User:nobody',
          };
        }),
        temporaryWarehouse(),
      ]);
    }, 400_000);
    afterAll(async () => {
      await temporary?.close();
      await broker?.close();
      faulty?.close();
    });
    // Each has a topic and a group of its own, and mostly waits: they run side by side.
    const each = (name: string, body: (topic: TestTopic) => Promise<void>) =>
      test.concurrent(name, async () => {
        const topic = await testTopic(broker.brokers, PARTITIONS);
        try {
          await body(topic);
        } finally {
          faulty.faults.delete(topic.name);
          await topic.close();
        }
      });
    const until = async (what: string, holds: () => boolean, patienceMs = 180_000) => {
      for (let waited = 0; !holds(); waited += 50) {
        if (waited > patienceMs) throw new Error(`not in time: ${what}`);
        await pause(50);
      }
    };

    each(
      'restarting for ever: a worker that joins and crashes, joins and crashes, ends and names the reason; a fresh one goes on',
      async (topic) => {
        const joins: (readonly number[])[] = [];
        faulty.faults.set(topic.name, 'disk error');
        await topic.send(lines(100, 'unread'));
        const worker = await runWorker({
          topic,
          warehouse: temporary.warehouse,
          observer: { assigned: (parts) => void joins.push(parts) },
        });
        await until('the worker gives up', () => worker.failures.length > 0);
        // The first join and five more, if every one succeeds.
        expect(joins.length).toBeGreaterThan(1);
        expect(joins.length).toBeLessThanOrEqual(6);
        expect(worker.failures[0]!.message).toMatch(/Disk error/);
        faulty.faults.delete(topic.name);
        await topic.untilRows(temporary.warehouse, 100);
        await worker.stop();
        expect(await topic.counts(temporary.warehouse)).toEqual({ events: 100, duplicates: 0, rejects: 0 });
      },
    );

    each(
      'silently stuck: a member whose fetches nobody answers keeps its partitions and looks healthy; it ends and a fresh one goes on',
      async (topic) => {
        const worker = await runWorker({ topic, warehouse: temporary.warehouse });
        await topic.send(lines(100, 'answered'));
        await topic.untilRows(temporary.warehouse, 100);
        faulty.faults.set(topic.name, 'break');
        await topic.send(lines(100, 'unanswered'));
        await until('the worker gives up', () => worker.failures.length > 0);
        expect(worker.failures[0]!.message).toMatch(/no broker has answered a fetch for \d+ s/);
        faulty.faults.delete(topic.name);
        await topic.untilRows(temporary.warehouse, 200);
        await worker.stop();
        expect(await topic.counts(temporary.warehouse)).toEqual({ events: 200, duplicates: 0, rejects: 0 });
      },
    );

    each(
      'restarting for ever: while the error stays each worker ends at once and is started after a growing pause; then it recovers alone',
      async (topic) => {
        const said: string[] = [];
        const env = workerEnvironment(temporary, topic);
        let part: SupervisedPart | undefined;
        const admin = topic.kafka.admin();
        await admin.connect();
        try {
          part = await supervisePart('worker', env, { output: 2 }, (message) => said.push(message));
          await topic.send(lines(100, 'before'));
          await topic.untilRows(temporary.warehouse, 100);
          const group = {
            resourceType: AclResourceTypes.GROUP,
            resourceName: groupOf(topic.name),
            resourcePatternType: ResourcePatternTypes.LITERAL,
            principal: 'User:*',
            host: '*',
            operation: AclOperationTypes.READ,
            permissionType: AclPermissionTypes.DENY,
          };
          const found = { ...group, operation: AclOperationTypes.DESCRIBE, permissionType: AclPermissionTypes.ALLOW };
          await admin.createAcls({ acl: [group, found] });
          await topic.send(lines(100, 'refused'));
          await until('four ends', () => said.length >= 4);
          await admin.deleteAcls({ filters: [group, found] });
          const ends = said.slice(0, 4);
          for (const message of ends) expect(message).toMatch(/Group authorization failed\)?; restarting in \d+ ms$/);
          expect(ends.map((message) => Number(/(\d+) ms$/.exec(message)![1]))).toEqual([100, 200, 400, 800]);
          await topic.untilRows(temporary.warehouse, 200);
          await until('it is back', () => said.at(-1) === 'worker is back');
          expect(await topic.counts(temporary.warehouse)).toEqual({ events: 200, duplicates: 0, rejects: 0 });
        } finally {
          await admin.disconnect();
          await part?.stop(5_000);
        }
      },
    );
  },
);
