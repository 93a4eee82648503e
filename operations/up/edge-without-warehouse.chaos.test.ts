/** An edge in front of a log begins also while the warehouse is away: after a reboot of both, events wait in the log. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '@hengjian/ingest';
import { revokeKey } from '@hengjian/ingest/edge/keys/key-log.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test, vi } from 'vitest';
import { refusingProxy } from '../chaos/refusing-proxy.ts';
import { eventOf, post, untilStored } from '../chaos/steady-sender.ts';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { type RunningUp, startUp } from '../testing/front-door.ts';

test.skipIf(!hasJava())(
  `an edge begins without the warehouse, with the keys that it remembers${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-edge-'));
    const [broker, temporary] = await Promise.all([temporaryBroker(), temporaryWarehouse()]);
    const { warehouse } = temporary;
    const proxy = await refusingProxy(Number(new URL(temporary.url).port));
    const url = new URL(temporary.url);
    url.port = String(proxy.port);
    const env = { HENGJIAN_DATA_DIR: dataDir, CLICKHOUSE_URL: url.href, KAFKA_BROKERS: broker.brokers };
    const ups: RunningUp[] = [];
    const start = async (part: string, more: NodeJS.ProcessEnv = {}) => {
      const up = await startUp(['--only', part], { ...env, ...more });
      ups.push(up);
      return up;
    };
    const edge = () => start('ingest');
    const [key, revoked] = [await createKey(warehouse, { name: 'one' }), await createKey(warehouse, { name: 'two' })];
    const source = '/edge/alone';
    const send = (to: string, by: string, n: number) => post(`${to}/v1/events`, by, eventOf(source, n));
    try {
      const before = await edge();
      expect((await send(before.ingest, key, 0)).status).toBe(202);
      await before.end();
      const file = join(dataDir, 'ingest-keys.json');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).not.toContain(key);

      await proxy.away();
      await revokeKey(warehouse, 'two');
      const alone = await edge();
      expect(alone.output()).toMatch(/does not answer .*The edge begins with the keys that it remembers/);
      expect((await send(alone.ingest, key, 1)).status).toBe(202);
      // It cannot know yet.
      expect((await send(alone.ingest, revoked, 2)).status).toBe(202);
      expect(await send(alone.ingest, 'hj_unknown', 3)).toMatchObject({ status: 503, retryAfter: '2' });
      expect((await fetch(`${alone.ingest}/health/ready`)).status).toBe(200);

      await proxy.back();
      await vi.waitFor(async () => expect((await send(alone.ingest, revoked, 4)).status).toBe(401), {
        timeout: 60_000,
        interval: 500,
      });
      expect((await send(alone.ingest, 'hj_unknown', 5)).status).toBe(401);
      const worker = await start('worker', { HENGJIAN_DATA_DIR: join(dataDir, 'worker'), WORKER_PORT: '0' });
      await untilStored(warehouse, source, 3);
      await worker.end();
      await alone.end();
    } finally {
      await Promise.all(ups.map((up) => up.end()));
      await proxy.away().catch(() => {});
      await temporary.close();
      await broker.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
