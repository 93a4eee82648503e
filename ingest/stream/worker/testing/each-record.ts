import { randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage } from 'kafkajs';
import { readFetches } from '../../log/read-fetches.ts';

/**
 * For tests: calls with every record that a topic holds at this moment, once each, in the order of its partition.
 * @throws when the consumer crashes for good
 */
export async function eachRecord(
  kafka: Kafka,
  topic: string,
  onRecord: (partition: number, message: KafkaMessage) => void,
): Promise<void> {
  readFetches();
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const open = new Map(offsets.flatMap(({ partition, high }) => (Number(high) > 0 ? [[partition, Number(high)]] : [])));
  if (open.size === 0) return;
  const consumer = kafka.consumer({ groupId: `reader.${randomUUID()}` });
  /** The next offset of each partition: a consumer that joins again, as on a busy machine, reads some once more. */
  const next = new Map<number, number>();
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
      consumer
        .run({
          eachBatch: async ({ batch }) => {
            const { partition, messages } = batch;
            for (const message of messages) {
              const offset = Number(message.offset);
              if (offset < (next.get(partition) ?? 0)) continue;
              onRecord(partition, message);
              next.set(partition, offset + 1);
            }
            if (Number(batch.lastOffset()) + 1 >= (open.get(partition) ?? 0)) open.delete(partition);
            if (open.size === 0) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}
