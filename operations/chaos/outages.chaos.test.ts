/**
 * A minute without the broker, a minute without the warehouse; killed or cut off, and frozen, which is worse: nothing is
 * refused, nothing answers. All at once, each with an edge and workers of its own, under senders that never stop.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createKey } from '@hengjian/ingest';
import { openWarehouse, type Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { type TemporaryBroker, temporaryBroker } from '../kafka/temporary-broker.ts';
import { type SupervisedPart, supervisePart } from '../up/supervise-part.ts';
import { memoryOf } from './memory-of.ts';
import { type RefusingProxy, refusingProxy } from './refusing-proxy.ts';
import { eventOf, post, type SteadySender, startSender, storedOf, untilStored } from './steady-sender.ts';

const MINUTE = Number(process.env.OUTAGE_SECONDS ?? 60) * 1_000;
const FLOOD = 40_000;

describe.skipIf(!hasJava())(`outages${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`, { timeout: 900_000 }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-outage-'));
  const parts: SupervisedPart[] = [];
  const brokers: TemporaryBroker[] = [];
  const engines: TemporaryWarehouse[] = [];
  const besides: Warehouse[] = [];
  let proxy: RefusingProxy;
  beforeAll(async () => {
    // The frozen one thaws again; that one which does not is started anew is shown in supervise-engine.test.ts.
    const patience = { probes: Number.POSITIVE_INFINITY, probeMs: 20_000 };
    engines.push(...(await Promise.all([temporaryWarehouse(), temporaryWarehouse({ patience })])));
    proxy = await refusingProxy(Number(new URL(engines[0]!.url).port));
    for (let n = 0; n < 3; n += 1) brokers.push(await temporaryBroker());
  }, 400_000);
  afterAll(async () => {
    await Promise.all(parts.map((part) => part.stop(5_000)));
    await proxy?.away();
    for (const { close } of [...besides, ...engines, ...brokers]) await close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 300_000);

  interface Edge {
    part: SupervisedPart;
    url: string;
    key: string;
    source: string;
    sender: SteadySender;
    /** Why it was started again, if it was. */
    endings: string[];
  }

  async function start(name: 'ingest' | 'worker', url: string, env: NodeJS.ProcessEnv, endings: string[] = []) {
    const part = await supervisePart(
      name,
      {
        ...process.env,
        HENGJIAN_DATA_DIR: dataDir,
        CLICKHOUSE_URL: url,
        INGEST_PORT: '0',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
        ...env,
      },
      { output: 2 },
      (message) => endings.push(message),
    );
    parts.push(part);
    return part;
  }

  /** Another database of the same engine: an edge without Kafka is alone in its own, and so are the workers of a log. */
  const inDatabase = (url: string, name: string) => url.replace('/hengjian?', `/${name}?`);
  async function beside({ url }: TemporaryWarehouse, name: string): Promise<{ warehouse: Warehouse }> {
    const warehouse = await openWarehouse({ url: inDatabase(url, name) });
    besides.push(warehouse);
    return { warehouse };
  }

  /** An edge under a steady sender; behind a broker also a worker. */
  async function stack(
    name: string,
    engine: { warehouse: Warehouse },
    url: string,
    broker?: TemporaryBroker,
  ): Promise<Edge> {
    const env = broker ? { KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC: `outage.${name}` } : {};
    const endings: string[] = [];
    const part = await start('ingest', url, env, endings);
    if (broker) await start('worker', url, env);
    const key = await createKey(engine.warehouse, { name });
    const events = `${part.url()}/v1/events`;
    const source = `/outage/${name}`;
    const sender = startSender({ url: events, key, source });
    await untilStored(engine.warehouse, source, 500);
    sender.answers();
    return { part, url: events, key, source, sender, endings };
  }

  /** Much more than can be kept is offered, for as long as `over` is pending: memory stays bounded. */
  async function offerMuch({ part, url, key, source }: Edge, over: Promise<unknown>): Promise<void> {
    const flood = Array.from({ length: FLOOD }, (_, n) => eventOf(`${source}/flood`, n)).join('\n');
    const before = memoryOf(part.pid()!);
    let going = true;
    void over.finally(() => {
      going = false;
    });
    const statuses = new Set<number>();
    while (going) {
      for (const { status } of await Promise.all([1, 2, 3].map(() => post(url, key, flood)))) statuses.add(status);
      await pause(1_000);
    }
    expect(statuses).toContain(503);
    expect(memoryOf(part.pid()!) - before).toBeLessThan(500);
  }

  /** All that was ever sent is stored once; only these statuses were answered; the edge never ended. */
  async function expectWhole({ sender, source, endings }: Edge, engine: { warehouse: Warehouse }, statuses: number[]) {
    const sent = await sender.stop();
    const answers = sender.answers();
    expect(answers.filter(({ status }) => !statuses.includes(status))).toEqual([]);
    for (const { status, retryAfter } of answers) if (status === 503) expect(Number(retryAfter)).toBeGreaterThan(0);
    await untilStored(engine.warehouse, source, sent);
    expect(await storedOf(engine.warehouse, source)).toEqual({ rows: sent, events: sent });
    expect(endings).toEqual([]);
  }

  test('a minute each, all at once: edges answer as promised, all goes on by itself, nothing is missing or doubled', async () => {
    const [healthy, frozen] = [engines[0]!, engines[1]!];
    const [well, killed, stopped] = [brokers[0]!, brokers[1]!, brokers[2]!];
    const cutOff = healthy.url.replace(/:\d+\//, `:${proxy.port}/`);
    const [withKilled, withStopped] = [await beside(healthy, 'killed'), await beside(healthy, 'stopped')];
    const brokerKilled = await stack('broker-killed', withKilled, inDatabase(healthy.url, 'killed'), killed);
    const brokerFrozen = await stack('broker-frozen', withStopped, inDatabase(healthy.url, 'stopped'), stopped);
    const engineCutOff = await stack('engine-cut-off', healthy, cutOff, well);
    const engineFrozen = await stack('engine-frozen', frozen, frozen.url, well);
    const [besideHealthy, besideFrozen] = [await beside(healthy, 'direct'), await beside(frozen, 'direct')];
    const directCutOff = await stack('direct-cut-off', besideHealthy, inDatabase(cutOff, 'direct'));
    const directFrozen = await stack('direct-frozen', besideFrozen, inDatabase(frozen.url, 'direct'));

    const acknowledged = [engineCutOff, engineFrozen].map(({ sender }) => sender.acknowledged());
    await Promise.all([killed.kill(), proxy.away()]);
    process.kill(stopped.pid()!, 'SIGSTOP');
    process.kill(frozen.engine.pid()!, 'SIGSTOP');
    const minute = pause(MINUTE);
    const named = (edge: Edge, words: RegExp) => edge.sender.until(({ detail }) => words.test(detail));
    await Promise.all([
      minute,
      offerMuch(directCutOff, minute),
      offerMuch(brokerFrozen, minute),
      named(brokerKilled, /event log \(Kafka\) does not acknowledge/),
      named(brokerFrozen, /event log \(Kafka\) does not acknowledge/),
      named(directFrozen, /^The warehouse does not answer/),
      named(directCutOff, /^The warehouse /),
    ]);
    process.kill(stopped.pid()!, 'SIGCONT');
    process.kill(frozen.engine.pid()!, 'SIGCONT');
    await Promise.all([killed.start(), proxy.back()]);

    // Behind Kafka nobody noticed that the warehouse was away.
    for (const [n, { sender }] of [engineCutOff, engineFrozen].entries())
      expect(sender.acknowledged()).toBeGreaterThan(acknowledged[n]! + 2_000);
    await expectWhole(engineCutOff, healthy, [202]);
    await expectWhole(engineFrozen, frozen, [202]);
    await expectWhole(directCutOff, besideHealthy, [202, 503]);
    await expectWhole(directFrozen, besideFrozen, [202, 503]);
    await expectWhole(brokerKilled, withKilled, [202, 503]);
    await expectWhole(brokerFrozen, withStopped, [202, 503]);
    for (const { warehouse } of [healthy, withKilled, withStopped, besideHealthy]) {
      const doubled = await warehouse.query(
        'SELECT source, id FROM events GROUP BY source, id HAVING count() > 1 LIMIT 5',
      );
      expect(doubled).toEqual([]);
    }
  });
});
