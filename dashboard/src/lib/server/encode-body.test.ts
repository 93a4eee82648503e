import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeBody, encodingOf, isWorthEncoding } from './encode-body.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0', 'gzip'],
  ['GZIP', 'gzip'],
  ['br;q=0.5', 'br'],
  ['identity', undefined],
  ['gzip;q=0.000', undefined],
  ['', undefined],
  [null, undefined],
])('of %j %s is taken', (accepted, encoding) => {
  expect(encodingOf(accepted)).toBe(encoding);
});

test('what is encoded reads as before', async () => {
  const body = Buffer.from('排名 ranking '.repeat(500));
  expect(brotliDecompressSync(await encodeBody(body, 'br'))).toEqual(body);
  expect(gunzipSync(await encodeBody(body, 'gzip'))).toEqual(body);
});

test('only text of some length is worth it', () => {
  const long = new Uint8Array(2_000);
  expect(isWorthEncoding('text/html; charset=utf-8', long)).toBe(true);
  expect(isWorthEncoding('application/json', long)).toBe(true);
  expect(isWorthEncoding('application/vnd.apache.arrow.stream', long)).toBe(false);
  expect(isWorthEncoding('text/html', new Uint8Array(10))).toBe(false);
});
