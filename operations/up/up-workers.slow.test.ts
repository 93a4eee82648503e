/** `up` with several workers: each part has a port of its own, also where their variables name neighbours. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunFile } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from '../kafka/kafka-jars.ts';
import { temporaryBroker } from '../kafka/temporary-broker.ts';
import { freeRow } from '../testing/free-row.ts';
import { startUp } from '../testing/front-door.ts';

test.skipIf(!hasJava())(
  `two workers and a scheduler on ports next to each other${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-up-workers-'));
    const broker = await temporaryBroker();
    try {
      const first = await freeRow(3);
      const up = await startUp([], {
        HENGJIAN_DATA_DIR: dataDir,
        KAFKA_BROKERS: broker.brokers,
        WORKERS: '2',
        WORKER_PORT: String(first),
        SCHEDULER_PORT: String(first + 1),
      });
      try {
        const parts = readRunFile(dataDir)!.parts!;
        const portsOf = (part: string) =>
          parts.filter(({ name }) => name === part).map(({ url }) => Number(new URL(url).port));
        expect([portsOf('worker'), portsOf('scheduler')]).toEqual([[first, first + 2], [first + 1]]);
        for (const { url } of parts) expect((await fetch(`${url}/health/live`)).status).toBe(200);
      } finally {
        await up.end();
      }
    } finally {
      await broker.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
