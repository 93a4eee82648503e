/** The encoding of a text file (office-files §1): its mark, else UTF-8 where that is valid, else what leaves less undecoded. */
import { open } from 'node:fs/promises';
import { afterByteOrderMark } from '../../check/json-bytes.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

const CHUNK = 256 * 1024;

export async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

export function markedEncoding(head: Uint8Array): TextEncoding | undefined {
  if (afterByteOrderMark(head, 0, head.length) > 0) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** @param head the first bytes of the same file */
export async function encodingOf(path: string, head: Uint8Array): Promise<TextEncoding> {
  const marked = markedEncoding(head);
  if (marked) return marked;
  const strict = new TextDecoder('utf-8', { fatal: true });
  const candidates = (['gb18030', 'utf-8'] as const).map((name) => ({ name, decoder: new TextDecoder(name), lost: 0 }));
  let valid = true;
  const see = (chunk: Buffer | undefined) => {
    const options = { stream: chunk !== undefined };
    if (valid)
      try {
        strict.decode(chunk, options);
      } catch {
        valid = false;
      }
    for (const one of candidates) one.lost += countLost(one.decoder.decode(chunk, options));
  };
  for await (const chunk of fileChunks(path)) see(chunk);
  see(undefined);
  if (valid) return 'utf-8';
  return candidates[0]!.lost <= candidates[1]!.lost ? 'gb18030' : 'utf-8';
}

function countLost(text: string): number {
  let lost = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) lost += 1;
  return lost;
}

export async function* decodedChunks(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of fileChunks(path)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
