/** Limits of count and size come before a body is parsed: what is parsed at once is never larger than an event may be. */
import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { isJson } from '../check/structured-event.ts';
import { BATCH_TYPE, EVENT_TYPE, elementsOf, MAX_EVENTS, takeBody } from './event-body.ts';

afterEach(() => void vi.restoreAllMocks());

/** What is handed over as events, or the status; with the length of the longest text that was parsed. */
function take(text: string, type = BATCH_TYPE) {
  const parse = vi.spyOn(JSON, 'parse');
  const taken: string[] = [];
  const writer = {
    take: (_: unknown, bytes: Buffer, start: number, end: number) =>
      void taken.push(bytes.toString('utf8', start, end)),
  };
  const taking = takeBody(writer, undefined, type, Buffer.from(text));
  const parsed = Math.max(0, ...parse.mock.calls.map(([json]) => json.length));
  parse.mockRestore();
  if ('why' in taking) return { status: taking.status, parsed };
  for (const _step of taking);
  return { taken, parsed };
}

/** Makes a body larger than one event may be. */
const blanks = ' '.repeat(MAX_EVENT_BYTES);
const large = `{"a":"${'x'.repeat(MAX_EVENT_BYTES)}"}`;

test('too many events are counted, not parsed, whatever stands between them', () => {
  const many = `[${Array(MAX_EVENTS + 1).fill('{"a":[1,2],"b":",]"}')}]`;
  expect(take(many)).toEqual({ status: 413, parsed: 0 });
  expect(take(`[${Array(MAX_EVENTS).fill('{}')}]`).taken).toHaveLength(MAX_EVENTS);
  // Commas of one event are none of a batch.
  expect(take(`[[${Array(MAX_EVENTS + 1).fill('1')}]]`).taken).toHaveLength(1);
});

test('an event that is larger than one may be goes unparsed to who refuses it, alone, in a batch and in binary mode', () => {
  expect(take(large, EVENT_TYPE)).toEqual({ taken: [large], parsed: 0 });
  expect(take(`[{"b":1},${large} , 7]`)).toEqual({ taken: ['{"b":1}', `${large} `, '7'], parsed: '{"b":1}'.length });
  const parse = vi.spyOn(JSON, 'parse');
  expect(isJson(Buffer.from(large))).toBe(true);
  expect(parse).not.toHaveBeenCalled();
});

test('of a large batch nothing is taken unless all of it is JSON', () => {
  for (const text of [
    '{}',
    '[',
    '[1',
    '[1,]',
    '[,1]',
    '[1,,2]',
    '[,]',
    '[1}',
    '[1],[2]',
    '[1]]',
    '["a]',
    '["a\\"]',
    '[1] 2',
    '[{"a":}]',
    '[1 2]',
  ])
    expect([text, take(`${blanks}${text}`)]).toEqual([text, { status: 400, parsed: expect.any(Number) }]);
  for (const open of [`[${large.slice(0, -1)}]`, `[${large.slice(0, -2)}]`, `[${large},]`])
    expect(take(open).status).toBe(400);
  expect(take(`${blanks}[ ] `)).toEqual({ taken: [], parsed: 0 });
});

test('part by part an array is JSON where it is as a whole, and its elements are the same', () => {
  const json = fc.array(fc.jsonValue(), { maxLength: 5 }).chain((events) => {
    const text = JSON.stringify(events, undefined, 1);
    const damage = fc.record({
      at: fc.nat(text.length),
      drop: fc.nat(2),
      put: fc.constantFrom('', '', ',', ']', '[', '"', '\\', ' '),
    });
    return damage.map(({ at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop));
  });
  const property = fc.property(json, (text) => {
    const bytes = Buffer.from(text);
    const events = parsed(text);
    const elements = [...elementsOf(bytes)].map(([start, end]) => parsed(bytes.toString('utf8', start, end)));
    if (Array.isArray(events)) expect(elements).toEqual(events);
    else expect(elements.includes(undefined) || bytes.toString().trimStart()[0] !== '[').toBe(true);
  });
  fc.assert(property, { numRuns: 2_000 });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
