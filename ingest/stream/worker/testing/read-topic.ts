/** For tests: what a topic holds, judged without the workers: the books that the warehouse must agree with. */

import { isUtf8 } from 'node:buffer';
import type { Kafka } from 'kafkajs';
import { EventChecker } from '../../../check/event-checker.ts';
import { refusalIn, reroutedFrom } from '../../log/record-headers.ts';
import { recordKey } from '../../log/record-key.ts';
import { eachRecord } from './each-record.ts';

export interface TopicBooks {
  /** Records as produced; copies that workers rerouted are not counted again. */
  records: number;
  /** Distinct (source, id) of valid events. */
  events: number;
  duplicates: number;
  rejects: number;
  copies: number;
}

export async function readTopic(kafka: Kafka, topic: string): Promise<TopicBooks> {
  const checker = new EventChecker(Date.now());
  const keys = new Set<string>();
  const books: TopicBooks = { records: 0, events: 0, duplicates: 0, rejects: 0, copies: 0 };
  await eachRecord(kafka, topic, (_, { value, headers }) => {
    if (reroutedFrom(headers)) {
      books.copies += 1;
      return;
    }
    books.records += 1;
    const bytes = value ?? Buffer.alloc(0);
    if (refusalIn(headers) || checker.check(bytes, 0, bytes.length, isUtf8(bytes))) books.rejects += 1;
    else keys.add(recordKey(checker.fields).toString('utf8'));
  });
  books.events = keys.size;
  books.duplicates = books.records - books.rejects - books.events;
  return books;
}
