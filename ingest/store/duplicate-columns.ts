import type { Origin } from '@hengjian/contract/event-writer.ts';
import type { EventFields } from '../check/event-fields.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { LOW_CARDINALITY, type NativeColumn } from './native-block.ts';
import { OriginColumns } from './origin.ts';
import { TermColumn } from './term-column.ts';

/** Events that came again as the columns of `duplicates`. */
export class DuplicateColumns {
  rows = 0;
  readonly #source = new TermColumn();
  readonly #id = new ByteBuffer();
  readonly #origins = new OriginColumns();

  append(event: EventFields, origin: Origin, position: number): void {
    this.rows += 1;
    this.#source.add(event.source);
    this.#id.string(event.bytes, event.idStart, event.idEnd);
    this.#origins.add(origin, position);
  }

  clear(): void {
    this.rows = 0;
    this.#source.clear();
    this.#id.clear();
    this.#origins.clear();
  }

  get bytes(): number {
    return this.#source.bytes + this.#id.length + this.#origins.bytes;
  }

  columns(): NativeColumn[] {
    return [
      { name: 'source', type: LOW_CARDINALITY, dictionaries: [this.#source.dictionary()] },
      { name: 'id', type: 'String', values: [this.#id.written()] },
      ...this.#origins.columns(),
    ];
  }
}
