import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { BodyBuffer } from './body-buffer.ts';
import type { Share } from './open-bytes.ts';

/** What unpacking itself holds: zlib's window and state, a chunk on either side. */
const GUNZIP_BYTES = 64 * 1024;

export interface ReadOptions {
  gzip: boolean;
  share: Share;
  /** Largest body, packed and unpacked. */
  mostBytes: number;
  /** A body of which nothing comes for so long is given up. */
  stallMs: number;
}

/** The body was not read to its end. */
export type Unread = 'too_large' | 'no_room' | 'not_gzip' | 'stalled' | 'gone';

/**
 * Reads a body, unpacked, into memory that its share has room for. When that fails everything is let go of at once, and
 * what is still to come is read off the wire and thrown away, so that the sender sees the answer; for as long as it comes.
 */
export function readBody(raw: IncomingMessage, options: ReadOptions): Promise<Buffer | Unread> {
  const { gzip, share, mostBytes, stallMs } = options;
  const announced = Number(raw.headers['content-length'] ?? 0);
  if (raw.destroyed) return Promise.resolve('gone');
  if (announced > mostBytes) return Promise.resolve('too_large');
  // A packed body comes to its own length at least, or is small.
  const body = BodyBuffer.open({ share, expected: announced, most: mostBytes, besides: gzip ? GUNZIP_BYTES : 0 });
  if (!body) return Promise.resolve('no_room');

  return new Promise((resolve) => {
    const gunzip = gzip ? createGunzip() : undefined;
    let over = false;
    const finish = (outcome: Buffer | Unread) => {
      if (over) return;
      over = true;
      if (Buffer.isBuffer(outcome)) clearTimeout(silent);
      else {
        if (gunzip) raw.unpipe(gunzip);
        gunzip?.destroy();
        body.drop();
        raw.resume();
      }
      resolve(outcome);
    };
    const silent = setTimeout(() => (over ? raw.destroy() : finish('stalled')), stallMs);
    let whole = false;
    raw
      .on('data', () => silent.refresh())
      .on('end', () => {
        whole = true;
        clearTimeout(silent);
      })
      .on('error', () => finish('gone'))
      .on('close', () => {
        if (!whole) finish('gone');
        clearTimeout(silent);
      });
    (gunzip ? raw.pipe(gunzip) : raw)
      .on('data', (chunk: Buffer) => {
        if (over) return;
        const outcome = body.append(chunk);
        if (outcome !== 'taken') finish(outcome);
      })
      .on('end', () => finish(body.written()));
    gunzip?.on('error', () => finish('not_gzip'));
  });
}
