/**
 * Refused events that were sent in another encoding than UTF-8: nothing of them could be read, so that neither their key nor their
 * bytes say which line of a file corrects them once that has been converted. They are read here as GB18030, of which GBK and
 * GB 2312 are parts (GB 18030-2022, 1), or else by their ASCII alone.
 */
import { createHash } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import { keyOf, openRejects } from './open-rejects.ts';

export class RejectsInOtherEncodings {
  readonly #byKey = new Map<string, string[]>();
  readonly #byText = new Map<string, string[]>();

  private constructor() {}

  /** @param warehouse holds them; as many hashes are kept as there are */
  static async read(warehouse: Warehouse): Promise<RejectsInOtherEncodings> {
    const found = new RejectsInOtherEncodings();
    for await (const { reject_id, bytes, size } of openRejects(warehouse, { reason: 'utf8' }))
      if (size === bytes.length) found.#add(reject_id, bytes);
    return found;
  }

  /** @returns ids of those that a line of UTF-8 corrects: the same event, or else the same text */
  correctedBy(line: Buffer, key: { source: string; id: string }): string[] {
    const ofKey = key.id === '' ? undefined : this.#byKey.get(markOf(keyOf(key)));
    return ofKey ?? this.#byText.get(markOf(plain(line.toString('utf8')))) ?? [];
  }

  #add(id: string, bytes: Buffer): void {
    const text = decoded(bytes);
    if (text !== undefined) append(this.#byText, markOf(plain(text)), id);
    const key = statedKey(text ?? bytes.toString('latin1'));
    if (key.id !== '') append(this.#byKey, markOf(keyOf(key)), id);
  }
}

/** The event that a line says it is, if it is JSON that says so; else two empty texts. */
export function statedKey(text: string): { source: string; id: string } {
  try {
    const { source, id } = JSON.parse(text) as Record<string, unknown>;
    if (typeof source === 'string' && typeof id === 'string') return { source, id };
  } catch {}
  return { source: '', id: '' };
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without what a conversion adds or takes at either end. */
const plain = (text: string): string => text.replace(/^\uFEFF/, '').trim();

const markOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

function append(map: Map<string, string[]>, mark: string, id: string): void {
  const ids = map.get(mark);
  if (ids) ids.push(id);
  else map.set(mark, [id]);
}
