import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { FastifyInstance } from 'fastify';
import { Gauge, Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHealthApp } from './build-health-app.ts';

let temporary: TemporaryWarehouse;
let app: FastifyInstance;
let joined = false;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const registry = new Registry();
  new Gauge({ name: 'test_value', help: 'a value', registers: [registry] }).set(3);
  app = buildHealthApp({
    warehouse: temporary.warehouse,
    registry,
    meanwhile: 'it waits',
    state: () => ({ ready: joined, facts: { group: joined ? 'joined' : 'joining' } }),
  });
});
afterAll(async () => {
  await app?.close();
  await temporary?.close();
});

test('ready when the warehouse answers and the part itself is', async () => {
  const early = await app.inject('/health/ready');
  expect([early.statusCode, early.json()]).toEqual([
    503,
    { status: 'unavailable', warehouse: 'answers', group: 'joining' },
  ]);
  joined = true;
  const ready = await app.inject('/health/ready');
  expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', warehouse: 'answers', group: 'joined' }]);
  expect((await app.inject('/metrics')).body).toContain('test_value 3');
});

test('a warehouse that takes connections and says nothing: not ready, instead of no answer', async () => {
  process.kill(temporary.engine.pid()!, 'SIGSTOP');
  try {
    // Its threads stop one after the other.
    const isReady = async () => (await app.inject('/health/ready')).statusCode;
    await expect.poll(isReady, { timeout: 30_000 }).toBe(503);
    const response = await app.inject('/health/ready');
    expect(response.json()).toMatchObject({ status: 'unavailable', warehouse: 'does not answer: it waits' });
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  } finally {
    process.kill(temporary.engine.pid()!, 'SIGCONT');
  }
  await expect.poll(async () => (await app.inject('/health/ready')).statusCode, { timeout: 30_000 }).toBe(200);
});
