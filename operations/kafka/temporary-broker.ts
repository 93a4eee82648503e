/** For tests and benchmarks: a real broker on free ports in a directory of its own; `close` removes both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@hengjian/warehouse/engine/free-port.ts';
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
    const [port, controllerPort] = (await freePorts(2)) as [number, number];
    const broker = await startBroker({ directory, port, controllerPort, properties: properties(port) });
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
