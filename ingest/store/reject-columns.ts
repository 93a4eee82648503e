import { createHash } from 'node:crypto';
import type { Origin } from '@hengjian/contract/event-writer.ts';
import { MAX_KEPT_BYTES } from '@hengjian/contract/limits.ts';
import type { Rejection } from '../check/rejection.ts';
import { ByteBuffer } from './byte-buffer.ts';
import type { NativeColumn } from './native-block.ts';
import { OriginColumns } from './origin.ts';

/** Refused events as the columns of `rejects`. */
export class RejectColumns {
  rows = 0;
  readonly #ids = new ByteBuffer();
  readonly #texts = {
    reason: new ByteBuffer(),
    detail: new ByteBuffer(),
    source: new ByteBuffer(),
    id: new ByteBuffer(),
    type: new ByteBuffer(),
    bytes: new ByteBuffer(),
  };
  readonly #sizes = new ByteBuffer();
  readonly #origins = new OriginColumns();

  /** @param size of the whole event in bytes; `bytes` may be only its head */
  append(rejection: Rejection, bytes: Buffer, size: number, origin: Origin, position: number): void {
    this.rows += 1;
    const texts = this.#texts;
    this.#ids.uuid(rejectId(bytes, size, origin, position));
    texts.reason.text(rejection.reason);
    texts.detail.text(rejection.detail.toWellFormed());
    texts.source.text(rejection.source);
    texts.id.text(rejection.id);
    texts.type.text(rejection.type);
    texts.bytes.string(bytes, 0, Math.min(bytes.length, MAX_KEPT_BYTES));
    this.#sizes.int64(size);
    this.#origins.add(origin, position);
  }

  clear(): void {
    this.rows = 0;
    for (const column of [this.#ids, this.#sizes, ...Object.values(this.#texts)]) column.clear();
    this.#origins.clear();
  }

  get bytes(): number {
    return Object.values(this.#texts).reduce((sum, { length }) => sum + length, 0) + this.rows * 200;
  }

  columns(): NativeColumn[] {
    return [
      { name: 'reject_id', type: 'UUID', values: [this.#ids.written()] },
      ...Object.entries(this.#texts).map(([name, column]) => ({ name, type: 'String', values: [column.written()] })),
      { name: 'size', type: 'UInt64', values: [this.#sizes.written()] },
      ...this.#origins.columns(),
    ];
  }
}

/** The same bytes from the same place are the same reject, however often they are read. RFC 9562 version 8. */
export function rejectId(
  bytes: Uint8Array,
  size: number,
  { kind, name, part, request }: Origin,
  position: number,
): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, name, part, request, position, size]))
    .update(bytes)
    .digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
