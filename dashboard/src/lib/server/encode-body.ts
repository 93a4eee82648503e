import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | undefined;

/** Shorter ones do not get shorter. */
const LEAST_BYTES = 1024;

/** The best that the client names; undefined: as it is, which everybody understands. */
export function encodingOf(accepted: string | null): Encoding {
  const named = (accepted ?? '')
    .split(',')
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.split(';')[0]!.trim().toLowerCase());
  return (['br', 'gzip'] as const).find((encoding) => named.includes(encoding));
}

/** Whether it pays: text and JSON of some length. */
export function isWorthEncoding(type: string, body: Uint8Array): boolean {
  return body.byteLength >= LEAST_BYTES && /^text\/|json/.test(type);
}

export async function encodeBody(
  body: Uint8Array<ArrayBuffer>,
  encoding: NonNullable<Encoding>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return promisify(gzip)(body);
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
