/** Text of events in another encoding than UTF-8, as a spreadsheet or an old system writes it, handed on as UTF-8. */
import { isAscii, isUtf8 } from 'node:buffer';
import { markedEncoding, type TextEncoding } from '../tables/files/decode-text.ts';

const LF = 10;

/** As people write it. */
export const spelt = (encoding: TextEncoding): string => (encoding === 'gb18030' ? 'GB18030' : 'UTF-16');

/**
 * Lines of events as UTF-8. They are read as UTF-16 by their mark; as GB18030 where the first lines that are more than ASCII are
 * no UTF-8 and the whole is GB18030 without a flaw, as UTF-8 with a damaged line hardly ever is. All else goes on as it
 * is, and what is no UTF-8 is refused line by line. A file of UTF-8 is looked at up to its first chunk that is more than ASCII.
 * @param read hands out the bytes from the start, again where they have to be looked at as a whole
 * @param onEncoding is told of another encoding than UTF-8
 */
export async function* readAsUtf8(
  chunks: AsyncIterable<Buffer>,
  read: () => AsyncIterable<Buffer>,
  onEncoding: (encoding: TextEncoding) => void,
): AsyncGenerator<Buffer> {
  let encoding: TextEncoding | undefined;
  let decoder: TextDecoder | undefined;
  let isStart = true;
  for await (const chunk of chunks) {
    if (isStart) encoding = markedEncoding(chunk);
    isStart = false;
    // ASCII is the same in the encodings that are left, and ends between two characters.
    if (!encoding && !isAscii(chunk)) encoding = looksLikeUtf8(chunk) ? 'utf-8' : await wholeEncoding(read);
    if (encoding && encoding !== 'utf-8' && !decoder) {
      decoder = new TextDecoder(encoding);
      onEncoding(encoding);
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
  if (decoder) yield Buffer.from(decoder.decode());
}

/** Whether the lines of a chunk that are more than ASCII are UTF-8, most of them. */
function looksLikeUtf8(chunk: Buffer): boolean {
  const end = chunk.lastIndexOf(LF) + 1;
  let good = 0;
  let bad = 0;
  const see = (line: Buffer) => {
    if (isAscii(line)) return;
    if (isUtf8(line)) good += 1;
    else bad += 1;
  };
  for (let at = 0; at < end; ) {
    const next = chunk.indexOf(LF, at) + 1;
    see(chunk.subarray(at, next));
    at = next;
  }
  // The line that goes on in the next chunk counts where no other does; the chunk may end within a character of it.
  const rest = chunk.subarray(end);
  if (good + bad === 0) see(isUtf8(rest) ? rest : withoutCutCharacter(rest));
  return good >= bad && good > 0;
}

function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

/** Of all that is more than ASCII: UTF-8 where it is without a flaw, else GB18030 where that is. */
async function wholeEncoding(read: () => AsyncIterable<Buffer>): Promise<TextEncoding> {
  const candidates = (['utf-8', 'gb18030'] as const).map((name) => ({
    name,
    decoder: new TextDecoder(name, { fatal: true }),
  }));
  let left = candidates;
  const see = (chunk: Buffer | undefined) => {
    left = left.filter(({ decoder }) => {
      try {
        decoder.decode(chunk, { stream: chunk !== undefined });
        return true;
      } catch {
        return false;
      }
    });
  };
  try {
    for await (const chunk of read()) see(chunk);
    see(undefined);
  } catch {
    // The file breaks off, which is said when it is read for good; up to there it is what it is.
  }
  return left[0]?.name ?? 'utf-8';
}
