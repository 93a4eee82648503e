/** What worker and scheduler serve, held against the OpenAPI document: the real parts, ready and not. */
import { openapi } from '@hengjian/dashboard/src/lib/server/openapi/openapi.ts';
import { edgeDocuments } from '@hengjian/ingest/documents/edge-documents.ts';
import { openapiTraffic } from '@hengjian/ingest/documents/testing/openapi-traffic.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import { type SupervisedPart, supervisePart } from '../up/supervise-part.ts';

let temporary: TemporaryWarehouse;
let broker: TemporaryBroker | undefined;
const parts: SupervisedPart[] = [];
beforeAll(async () => {
  temporary = await temporaryWarehouse({ patience: { probes: Number.POSITIVE_INFINITY, probeMs: 20_000 } });
});
afterAll(async () => {
  await Promise.all(parts.map((part) => part.stop(5_000)));
  await broker?.close();
  await temporary?.close();
}, 60_000);

const described = openapi(edgeDocuments({ kafkaTopic: 'supervision.events' }));

async function startPart(name: 'worker' | 'scheduler', more: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { HENGJIAN_DATA_DIR: temporary.dataDir, CLICKHOUSE_URL: temporary.url, LOG_LEVEL: 'silent' };
  const part = await supervisePart(name, { ...process.env, ...env, ...more }, { output: 2 }, () => {});
  parts.push(part);
  return part.url()!;
}

/** Every status that the document names is had, and nothing else is answered. */
async function expectDescribed(url: string): Promise<void> {
  const traffic = openapiTraffic(described);
  const ask = async (path: string, accept = '*/*') => {
    const response = await fetch(`${url}${path}`, { headers: { accept } });
    await traffic.hold('get', path, response);
    return response;
  };
  await ask('/health/live');
  await expect.poll(async () => (await ask('/health/ready')).status, { timeout: 30_000 }).toBe(200);
  expect((await ask('/metrics')).headers.get('content-type')).toContain('text/plain');
  expect((await ask('/metrics', 'application/openmetrics-text')).headers.get('content-type')).toContain('openmetrics');
  process.kill(temporary.engine.pid()!, 'SIGSTOP');
  try {
    await expect.poll(async () => (await ask('/health/ready')).status, { timeout: 30_000 }).toBe(503);
  } finally {
    process.kill(temporary.engine.pid()!, 'SIGCONT');
  }
  for (const path of ['/health/live', '/health/ready', '/metrics']) expect(traffic.unseen('get', path)).toEqual([]);
}

test('the scheduler', { timeout: 90_000 }, async () => {
  await expectDescribed(await startPart('scheduler'));
});

test.skipIf(!hasJava())(`a worker${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 400_000 }, async () => {
  broker = await temporaryBroker();
  await expectDescribed(await startPart('worker', { KAFKA_BROKERS: broker.brokers }));
});

test('the document names where they are', () => {
  for (const path of ['/health/live', '/health/ready', '/metrics']) {
    const { servers } = (described.paths as Record<string, { servers?: { description: string }[] }>)[path]!;
    expect(servers?.map(({ description }) => description)).toEqual([
      'Dashboard',
      'Ingest (INGEST_PORT)',
      'Worker (WORKER_PORT)',
      'Scheduler (SCHEDULER_PORT)',
    ]);
  }
});
