import { expect, test } from 'vitest';
import { isJson, structuredEvent } from './structured-event.ts';

const of = (value: string) => {
  const data = Buffer.from(value);
  return structuredEvent([['id', '1']], 'application/json', data, isJson(data)).toString();
};

test('a payload stands verbatim, without a byte order mark before it', () => {
  const event = '{"id":"1","datacontenttype":"application/json","data":{"n": 1e400}}';
  expect(of('{"n": 1e400}')).toBe(event);
  expect(of('\ufeff{"n": 1e400}')).toBe(event);
  expect(of('\ufeff')).toBe('{"id":"1","datacontenttype":"application/json"}');
});

test('what is no JSON, or too deep to be parsed, is one text', () => {
  for (const value of ['{"a":1},"id":"2"', '['.repeat(100_000), '\ufeff\ufeff{}'])
    expect(typeof (JSON.parse(of(value)) as { data: unknown }).data).toBe('string');
});
