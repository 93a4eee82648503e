import type { IHeaders } from 'kafkajs';
import { expect, test } from 'vitest';
import { HEADERS, refusalIn, requestIn, reroutedFrom } from './record-headers.ts';

test('a header of ours without a value, which Kafka allows and kafkajs reads as null, is none', () => {
  const headers = Object.fromEntries(Object.values(HEADERS).map((name) => [name, null])) as unknown as IHeaders;
  expect([reroutedFrom(headers), refusalIn(headers), requestIn(headers)]).toEqual([undefined, undefined, undefined]);
});
