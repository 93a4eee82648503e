/** The texts that the cells of a workbook share. Kept as UTF-8 in one piece of memory: a million of them stay small. */
import { readXmlEntry } from './read-xlsx.ts';
import { NOT_STORED, unreadable } from './workbook.ts';
import type { ZipArchive } from './zip-archive.ts';

const MAX_BYTES = 192 * 1024 * 1024;
const LONGEST = 1024 * 1024;

export class SharedTexts {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  #ends = new Uint32Array(1024);
  #count = 0;
  /** What was read last is often read again: kinds, organs. */
  readonly #recent = new Map<number, string>();

  /** @returns false when there is no more room */
  add(text: string): boolean {
    const size = Buffer.byteLength(text);
    if (this.#length + size > MAX_BYTES) return false;
    if (this.#length + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(MAX_BYTES, Math.max(this.#bytes.length * 2, this.#length + size)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#length += this.#bytes.write(text, this.#length);
    this.#ends[this.#count++] = this.#length;
    return true;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    const known = this.#recent.get(index);
    if (known !== undefined) return known;
    const text = this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
    if (this.#recent.size >= 2_000) this.#recent.clear();
    this.#recent.set(index, text);
    return text;
  }
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
