/** For tests: every record that a topic holds at this moment, as any consumer would get it. */
import type { Kafka } from 'kafkajs';
import { eachRecord } from '../../stream/worker/testing/each-record.ts';

export interface TopicRecord {
  partition: number;
  key: string | undefined;
  value: Buffer;
  /** As text; all headers of the product are. */
  headers: Record<string, string>;
}

export async function recordsOf(kafka: Kafka, topic: string): Promise<TopicRecord[]> {
  const records: TopicRecord[] = [];
  await eachRecord(kafka, topic, (partition, { key, value, headers }) =>
    records.push({
      partition,
      key: key?.toString('utf8'),
      value: value ?? Buffer.alloc(0),
      headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, one]) => [name, String(one)])),
    }),
  );
  return records;
}
