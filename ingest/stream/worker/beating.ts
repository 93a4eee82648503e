import type { EachBatchPayload } from 'kafkajs';

const EVERY_MS = 1_000;

/**
 * Keeps the membership alive while `work` goes on. A heartbeat that fails (a rebalance has begun) does not stop the
 * work: what is being inserted is finished, and kafkajs joins again afterwards.
 */
export async function beating<T>({ heartbeat }: Pick<EachBatchPayload, 'heartbeat'>, work: Promise<T>): Promise<T> {
  const timer = setInterval(() => void heartbeat().catch(() => {}), EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
