import type { Consumer, Kafka } from 'kafkajs';
import { groupOf, MAX_REQUEST_BYTES } from '../log/topic.ts';

/** A dead worker is noticed after this; heartbeats go on during inserts, so it need not be longer than they are. */
export const SESSION_MS = 10_000;
const REBALANCE_MS = 60_000;
/** Members hear of added partitions within this, and share them out. */
const METADATA_MS = 5_000;

/** @param mayRejoin asked after each error that ended the membership */
export function workerConsumer(kafka: Kafka, topic: string, mayRejoin: () => Promise<boolean>): Consumer {
  return kafka.consumer({
    groupId: groupOf(topic),
    sessionTimeout: SESSION_MS,
    rebalanceTimeout: REBALANCE_MS,
    heartbeatInterval: 1_000,
    metadataMaxAge: METADATA_MS,
    // Few large blocks instead of many small parts: the broker answers when there is this much, or after half a second.
    minBytes: 256 * 1024,
    maxWaitTimeInMs: 500,
    maxBytesPerPartition: MAX_REQUEST_BYTES,
    maxBytes: 4 * MAX_REQUEST_BYTES,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5, restartOnFailure: mayRejoin },
  });
}
