import type { Consumer, Kafka } from 'kafkajs';
import { groupOf } from '../log/topic.ts';

/** A dead worker is noticed after this; heartbeats go on during inserts, so it need not be longer than they are. */
export const SESSION_MS = 10_000;
const REBALANCE_MS = 60_000;
/** Members hear of added partitions within this, and share them out. */
const METADATA_MS = 5_000;

/**
 * Bytes of a fetch as producers packed them; unpacked they may be ten times as many, and all are in memory at once. A
 * larger record or batch comes all the same, alone.
 */
const PARTITION_BYTES = 1024 * 1024;
const FETCH_BYTES = 4 * 1024 * 1024;

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
    maxBytesPerPartition: PARTITION_BYTES,
    maxBytes: FETCH_BYTES,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5, restartOnFailure: mayRejoin },
  });
}
