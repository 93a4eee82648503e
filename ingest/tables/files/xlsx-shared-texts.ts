/** The texts that the cells of a workbook share. Kept as UTF-8 in one piece of memory: a million of them stay small. */
import { readXmlEntry } from './read-xml-entry.ts';
import { NOT_STORED, unreadable } from './workbook.ts';
import type { ZipArchive } from './zip-archive.ts';

const MAX_BYTES = 192 * 1024 * 1024;
const LONGEST = 1024 * 1024;
/** A text lies in one piece whole; none has more than 4 bytes a character. */
const PIECE = 4 * LONGEST;

export class SharedTexts {
  readonly #pieces: Buffer[] = [];
  #places = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #used = 0;
  #count = 0;
  /** What was read last is often read again: kinds, organs. */
  readonly #recent = new Map<number, string>();

  /** @returns false when there is no more room */
  add(text: string): boolean {
    const size = Buffer.byteLength(text);
    if (this.#pieces.length === 0 || this.#used + size > PIECE) {
      if ((this.#pieces.length + 1) * PIECE > MAX_BYTES) return false;
      this.#pieces.push(Buffer.allocUnsafeSlow(PIECE));
      this.#used = 0;
    }
    if (this.#count === this.#lengths.length) {
      this.#places = grown(this.#places, new Float64Array(this.#count * 2));
      this.#lengths = grown(this.#lengths, new Uint32Array(this.#count * 2));
    }
    this.#pieces.at(-1)!.write(text, this.#used);
    this.#places[this.#count] = (this.#pieces.length - 1) * PIECE + this.#used;
    this.#lengths[this.#count++] = size;
    this.#used += size;
    return true;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    const known = this.#recent.get(index);
    if (known !== undefined) return known;
    const place = this.#places[index]!;
    const start = place % PIECE;
    const text = this.#pieces[Math.floor(place / PIECE)]!.toString('utf8', start, start + this.#lengths[index]!);
    if (this.#recent.size >= 2_000) this.#recent.clear();
    this.#recent.set(index, text);
    return text;
  }
}

function grown<T extends Float64Array | Uint32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

export async function readSharedTexts(path: string, zip: ZipArchive, entry: string): Promise<SharedTexts> {
  const texts = new SharedTexts();
  let current = '';
  let inText = false;
  let phonetic = 0;
  await readXmlEntry(zip, path, entry, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') inText = phonetic === 0;
      else if (name === 'rPh') phonetic += 1;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si' && !texts.add(unescaped(current)))
        throw unreadable(
          path,
          `holds more than 192 MiB of texts and ${NOT_STORED}; split the table into smaller files`,
        );
    },
    text(text) {
      if (inText && current.length < LONGEST) current += text;
    },
  });
  return texts;
}

/** Characters that XML cannot hold are written _xHHHH_ (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
