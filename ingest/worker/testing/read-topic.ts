/** For tests: what a topic holds, judged without the workers: the books that the warehouse must agree with. */
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { EventChecker } from '../../check/event-checker.ts';
import { passedOnFrom, refusalIn } from '../../log/record-headers.ts';
import { recordKey } from '../../log/record-key.ts';
import { isValidUtf8 } from '../../sink/event-sink.ts';

export interface TopicBooks {
  /** Records as produced; copies that workers passed on are not counted again. */
  records: number;
  /** Distinct (source, id) of valid events. */
  events: number;
  duplicates: number;
  rejects: number;
  copies: number;
}

export async function readTopic(kafka: Kafka, topic: string): Promise<TopicBooks> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map((one) => [one.partition, Number(one.high)]));
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: `books.${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const checker = new EventChecker(Date.now());
  const keys = new Set<string>();
  const books: TopicBooks = { records: 0, events: 0, duplicates: 0, rejects: 0, copies: 0 };
  const open = new Set([...ends].filter(([, end]) => end > 0).map(([part]) => part));
  await new Promise<void>((resolve, reject) => {
    if (open.size === 0) resolve();
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer
      .run({
        eachBatch: async ({ batch }) => {
          for (const { value, headers } of batch.messages) {
            if (passedOnFrom(headers)) {
              books.copies += 1;
              continue;
            }
            books.records += 1;
            const bytes = value ?? Buffer.alloc(0);
            if (refusalIn(headers) || checker.check(bytes, 0, bytes.length, isValidUtf8(bytes))) books.rejects += 1;
            else keys.add(recordKey(checker.fields).toString('utf8'));
          }
          if (Number(batch.lastOffset()) + 1 >= ends.get(batch.partition)!) open.delete(batch.partition);
          if (open.size === 0) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  books.events = keys.size;
  books.duplicates = books.records - books.rejects - books.events;
  return books;
}
