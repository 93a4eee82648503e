import type { Submission } from '@hengjian/contract/event-writer.ts';
import { expect, test } from 'vitest';
import { NDJSON_TYPE, type Taking, takeBody } from './event-body.ts';
import { Turns } from './turns.ts';

/** Notes who took in which order. */
function body(name: string, lines: number, order: string[]): Taking {
  const writer = { take: () => void order.push(name) };
  const taking = takeBody(writer, undefined as Submission | undefined, NDJSON_TYPE, Buffer.from('x\n'.repeat(lines)));
  if ('why' in taking) throw new Error(taking.why);
  return taking;
}

test('a hundred thousand bad lines do not hold others up: who comes later with one is through first', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const large = turns.take('a', body('large', 99_999, order));
  const small = turns.take('b', body('small', 1, order));
  await small;
  const before = order.indexOf('small');
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(1_000);
  await large;
  expect(order).toHaveLength(100_000);
});

test('many bodies give a key no more turns than one', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const all = [...Array(8).keys()].map((index) => turns.take('a', body(`a${index}`, 500, order)));
  await turns.take('b', body('b', 500, order));
  // Step by step with one of the eight, not with all.
  expect(order.filter((name) => name === 'b')).toHaveLength(500);
  expect(order.lastIndexOf('b')).toBeLessThanOrEqual(1_200);
  await Promise.all(all);
  expect(order).toHaveLength(4_500);
});

test('positions go on over the steps, and nothing is left out', async () => {
  const positions: number[] = [];
  const writer = {
    take: (_: unknown, _bytes: Buffer, _start: number, _end: number, position: number) => void positions.push(position),
  };
  const taking = takeBody(writer, undefined, NDJSON_TYPE, Buffer.from('x\n\n'.repeat(1_234)));
  if ('why' in taking) throw new Error(taking.why);
  await new Turns().take('a', taking);
  expect(positions).toEqual([...Array(1_234).keys()]);
});

test('between steps it waits for room', async () => {
  let rooms = 0;
  const writer = {
    hasRoom: () => false,
    room: async () => {
      rooms += 1;
    },
  };
  await new Turns().take('a', body('a', 1_000, []), writer);
  expect(rooms).toBeGreaterThan(5);
});
