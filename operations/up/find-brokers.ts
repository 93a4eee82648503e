import { askForBroker } from '@hengjian/ingest/stream/log/ask-for-broker.ts';
import { NoBrokerError } from '@hengjian/ingest/stream/log/no-broker-error.ts';
import type { Environment } from '@hengjian/warehouse';
import type { PartName } from './parts.ts';

/**
 * Asks whether a broker answers, before anything is started: workers have nothing to do without one, edges begin all
 * the same.
 * @throws NoBrokerError where workers are to be started
 */
export async function findBrokers(
  wanted: readonly PartName[],
  environment: Environment,
  onStatus: (message: string) => void,
): Promise<void> {
  if (environment.kafkaBrokers.length === 0) return;
  if (wanted.includes('worker')) return askForBroker(environment, { patient: true });
  if (!wanted.includes('ingest')) return;
  try {
    await askForBroker(environment);
  } catch (error) {
    if (!(error instanceof NoBrokerError)) throw error;
    onStatus(`${error.what}. The edge answers 503 until one does, and then takes events by itself.`);
  }
}
