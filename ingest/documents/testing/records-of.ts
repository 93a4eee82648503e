/** For tests: every record that a topic holds at this moment, as any consumer would get it. */
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { readAllCompressions } from '../../log/compression.ts';

export interface TopicRecord {
  partition: number;
  key: string | undefined;
  value: Buffer;
  /** As text; all headers of the product are. */
  headers: Record<string, string>;
}

export async function recordsOf(kafka: Kafka, topic: string): Promise<TopicRecord[]> {
  readAllCompressions();
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map((one) => [one.partition, Number(one.high)]));
  await admin.disconnect();
  const open = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition));
  const records: TopicRecord[] = [];
  if (open.size === 0) return records;
  const consumer = kafka.consumer({ groupId: `reader.${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer
      .run({
        eachBatch: async ({ batch }) => {
          for (const { key, value, headers } of batch.messages)
            records.push({
              partition: batch.partition,
              key: key?.toString('utf8'),
              value: value ?? Buffer.alloc(0),
              headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, one]) => [name, String(one)])),
            });
          if (Number(batch.lastOffset()) + 1 >= ends.get(batch.partition)!) open.delete(batch.partition);
          if (open.size === 0) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return records;
}
