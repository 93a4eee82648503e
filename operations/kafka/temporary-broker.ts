/** For tests and benchmarks: a real broker on free ports in a directory of its own; `close` removes both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, startBroker } from './start-broker.ts';

export interface TemporaryBroker extends Broker {
  directory: string;
  close(): Promise<void>;
}

/** @param properties settings beside the usual ones, for the port that was found */
export async function temporaryBroker(
  properties: (port: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<TemporaryBroker> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-kafka-'));
  try {
    const [port, controllerPort] = await freePorts(2);
    const ports = { port: port!, controllerPort: controllerPort! };
    const broker = await startBroker({ directory, ...ports, properties: properties(ports.port) });
    return {
      ...broker,
      directory,
      async close() {
        await broker.kill();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/** Held open together, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<{ port: number; close: () => void }>((resolve, reject) => {
          const probe = createServer();
          probe.once('error', reject);
          probe.listen(0, '127.0.0.1', () => {
            const address = probe.address();
            resolve({ port: typeof address === 'object' && address ? address.port : 0, close: () => probe.close() });
          });
        }),
    ),
  );
  for (const probe of probes) probe.close();
  return probes.map((probe) => probe.port);
}
