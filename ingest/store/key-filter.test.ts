import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeyFilter } from './key-filter.ts';
import { KEY_HASH_SQL, murmur3, xxHash32 } from './key-hash.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

test('the engine computes the same hashes, whatever the length and the letters', async () => {
  const texts = [
    ...Array.from({ length: 70 }, (_, length) => 'x7-'.repeat(30).slice(0, length)),
    ...fc.sample(fc.string({ unit: 'grapheme', maxLength: 64 }), 300),
  ];
  const source = 'https://platform.example/衡鉴';
  const rows = await temporary.warehouse.query<{ first: number; second: number }>(
    `SELECT ${KEY_HASH_SQL} FROM (SELECT arrayJoin({texts:Array(String)}) AS id, {source:String} AS source)`,
    { texts, source },
  );
  const hashes = (text: string) => {
    const bytes = Buffer.from(text);
    return [murmur3(bytes, 0, bytes.length), xxHash32(bytes, 0, bytes.length)] as const;
  };
  const [sourceFirst, sourceSecond] = hashes(source);
  expect(rows).toEqual(
    texts.map((text) => {
      const [first, second] = hashes(text);
      return { first: (first ^ sourceFirst) >>> 0, second: (second ^ sourceSecond) >>> 0 };
    }),
  );
});

const KEYS = propertyRuns(800_000);
test.each([0, KEYS])('made for %i keys, it forgets none of many and mistakes few others for them', (expected) => {
  const filter = new KeyFilter(expected);
  const key = (number: number) => {
    const bytes = Buffer.from(`k${number}`);
    return [murmur3(bytes, 0, bytes.length), xxHash32(bytes, 0, bytes.length)] as const;
  };
  let forgotten = 0;
  let mistaken = 0;
  for (let number = 0; number < KEYS; number += 1) filter.add(...key(number));
  for (let number = 0; number < KEYS; number += 1) if (!filter.mayHave(...key(number))) forgotten += 1;
  for (let number = KEYS; number < 1.25 * KEYS; number += 1) if (filter.mayHave(...key(number))) mistaken += 1;
  expect(forgotten).toBe(0);
  expect(mistaken).toBeLessThan(KEYS / 2_000);
});
