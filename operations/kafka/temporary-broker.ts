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

type Properties = (port: number) => Readonly<Record<string, string>>;

/** @param properties settings beside the usual ones, for the port that was found */
export async function temporaryBroker(properties: Properties = () => ({})): Promise<TemporaryBroker> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await brokerOnFreePorts(properties);
    } catch (error) {
      // Another process may have taken a port in the seconds between its choice and the broker's listening.
      if (attempt === 5 || !/address already in use/i.test((error as Error).message)) throw error;
    }
  }
}

async function brokerOnFreePorts(properties: Properties): Promise<TemporaryBroker> {
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
