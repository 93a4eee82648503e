import type { KafkaMessage } from 'kafkajs';
import { expect, test } from 'vitest';
import { markAborted } from './mark-aborted.ts';

type Message = KafkaMessage & {
  isControlRecord: boolean;
  batchContext: { producerId: string; inTransaction: boolean };
};

const record = (offset: number, producerId: string, key: Buffer | null = null, inTransaction = true): Message =>
  ({
    offset: String(offset),
    key,
    isControlRecord: false,
    batchContext: { producerId, inTransaction },
  }) as unknown as Message;
const marker = (offset: number, producerId: string, type: 0 | 1): Message => ({
  ...record(offset, producerId, Buffer.from([0, 0, 0, type])),
  isControlRecord: true,
});
const left = (messages: Message[], aborted: [string, number][]) => {
  markAborted(
    messages,
    aborted.map(([producerId, first]) => ({ producerId, firstOffset: String(first) })),
  );
  return messages.flatMap(({ isControlRecord, offset }) => (isControlRecord ? [] : [Number(offset)]));
};

test('transactions that overlap: the list is in the order of their ends', () => {
  const messages = [
    record(0, 'a'),
    record(1, 'b'),
    marker(2, 'b', 0),
    record(3, 'a'),
    marker(4, 'a', 0),
    record(5, 'a'),
  ];
  const aborted: [string, number][] = [
    ['b', 1],
    ['a', 0],
  ];
  expect(left(messages, aborted)).toEqual([5]);
});

test('a key of four zero bytes is no marker', () => {
  const zero = Buffer.alloc(4);
  expect(left([record(0, 'a', zero), record(1, 'a', zero), marker(2, 'a', 0), record(3, 'a')], [['a', 0]])).toEqual([
    3,
  ]);
});

test('a fetch that begins inside of several', () => {
  const messages = [
    record(10, 'b'),
    record(11, 'a'),
    record(12, 'c', null, false),
    marker(13, 'a', 0),
    record(14, 'b'),
  ];
  const aborted: [string, number][] = [
    ['a', 3],
    ['b', 5],
  ];
  expect(left(messages, aborted)).toEqual([12]);
});

test('what was committed stays, also of a producer whose next transaction was not', () => {
  const messages = [record(0, 'a'), marker(1, 'a', 1), record(2, 'a'), marker(3, 'a', 0), record(4, 'a', null, false)];
  expect(left(messages, [['a', 2]])).toEqual([0, 4]);
  expect(left([record(0, 'a'), marker(1, 'a', 1)], [])).toEqual([0]);
});
