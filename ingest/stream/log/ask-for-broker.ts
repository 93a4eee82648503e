import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '@hengjian/warehouse';
import { pino } from 'pino';
import { askAdmin } from './ask-admin.ts';
import { kafkaClient } from './kafka-client.ts';
import { NoBrokerError } from './no-broker-error.ts';

/** For brokers that start at the same time: who ends sooner is started again too often for a supervisor. */
const PATIENCE_MS = 5_000;
/** What a frozen broker is given. */
const SILENT_MS = 10_000;

/**
 * @param patient brokers that refuse connections are asked for five seconds, not once
 * @throws NoBrokerError if none answers
 */
export async function askForBroker(
  environment: Pick<Environment, 'kafkaBrokers'>,
  { patient = false }: { patient?: boolean } = {},
): Promise<void> {
  const deadline = performance.now() + (patient ? PATIENCE_MS : 0);
  for (;;) {
    const why = await whyAway(environment);
    if (why === undefined) return;
    if (performance.now() >= deadline) throw new NoBrokerError(environment, why);
    await pause(200);
  }
}

async function whyAway(environment: Pick<Environment, 'kafkaBrokers'>): Promise<string | undefined> {
  const retry = { initialRetryTime: 100, maxRetryTime: 500, retries: 1 };
  const admin = kafkaClient(environment, pino({ level: 'silent' }), retry).admin();
  try {
    await askAdmin(admin, () => admin.describeCluster(), SILENT_MS);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
