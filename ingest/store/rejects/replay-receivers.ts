import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { fullRights, type WriteRights } from '@hengjian/contract/write-rights.ts';
import { type ImportCounts, type LineReceiver, lineReceiver } from '../../files/line-receiver.ts';
import type { OversizedLine } from '../../files/line-splitter.ts';
import { NO_REQUEST } from '../origin.ts';

/** The lines of one replay, as a submission for each set of rights that they have. */
export class ReplayReceivers {
  readonly #writer: EventWriter;
  readonly #name: string;
  readonly #receivers = new Map<string, LineReceiver>();
  #line = 0;

  /** @param name what origin says: the path of a file, or where else the lines are from */
  constructor(writer: EventWriter, name: string) {
    this.#writer = writer;
    this.#name = name;
  }

  /** The next line, numbered by itself. */
  async next(line: Buffer, rights: WriteRights): Promise<void> {
    await this.at(this.#line + 1, line, rights);
  }

  /** @param rights not given: those of a file at the command line */
  async at(number: number, line: Buffer, rights?: WriteRights): Promise<void> {
    // Events of rows may have taken numbers between those of lines; numbers only ever grow.
    this.#line = Math.max(number, this.#line + 1);
    await this.#receiver(rights).lines(Buffer.concat([line, Buffer.from('\n')]), this.#line);
  }

  async oversized(line: OversizedLine, number: number): Promise<void> {
    await this.#receiver().oversized(line, number);
  }

  /** Resolves when all is durable. */
  async finish(): Promise<ImportCounts> {
    const sum: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
    for (const receiver of this.#receivers.values()) {
      const counts = await receiver.finish();
      for (const name of ['read', 'accepted', 'duplicate', 'rejected'] as const) sum[name] += counts[name];
    }
    return sum;
  }

  #receiver(rights = fullRights(this.#name)): LineReceiver {
    const key = JSON.stringify(rights);
    let receiver = this.#receivers.get(key);
    if (!receiver) {
      const origin = { kind: 'replay', name: this.#name, part: 0, request: NO_REQUEST } as const;
      receiver = lineReceiver(this.#writer, { origin, rights });
      this.#receivers.set(key, receiver);
    }
    return receiver;
  }
}
