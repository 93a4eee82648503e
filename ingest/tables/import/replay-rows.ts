/** Sends refused rows of tables through again: mapped anew, and with the corrections that they bring. */

import type { Warehouse } from '@hengjian/warehouse';
import { isSourceUri } from '../../check/source-uri.ts';
import type { LineReceiver } from '../../files/line-receiver.ts';
import type { Refusal, RowEvent } from '../rows/row-event.ts';
import { refused } from '../rows/row-event.ts';
import { type KeptRow, mapAgain } from './kept-row.ts';
import type { TableKnowledge } from './open-table.ts';
import { StoredVersions } from './stored-versions.ts';
import { TablePlan } from './table-plan.ts';

interface Batch {
  source: string;
  /** When the rows were refused; what was stored later is newer than they are. */
  recordedAt: string | undefined;
  events: RowEvent[];
  rejects: string[];
}

/** What the cells cannot show any more: only a corrected line or file helps. */
const LASTING = new Set(['number_damaged', 'row_shape']);

export class RowReplay {
  readonly #warehouse: Warehouse;
  readonly #knowledge: TableKnowledge;
  readonly #receiver: LineReceiver;
  #batch: Batch | undefined;
  #line: number;
  /** Rejects whose rows went through. */
  readonly closed: string[] = [];

  /** @param line number of the first line that the receiver gets */
  constructor(warehouse: Warehouse, knowledge: TableKnowledge, receiver: LineReceiver, line = 1) {
    this.#warehouse = warehouse;
    this.#knowledge = knowledge;
    this.#receiver = receiver;
    this.#line = line;
  }

  /**
   * @param before why the very same row was refused; undefined if it was corrected since
   * @returns why it is refused still
   */
  async take(
    row: KeptRow,
    rejects: readonly string[],
    before: Refusal | undefined,
    recordedAt: string | undefined,
  ): Promise<Refusal | undefined> {
    if (before && LASTING.has(before.reason)) return before;
    const { source } = row.table;
    if (!isSourceUri(source)) return refused('source_uri', `source ${JSON.stringify(source)} is not a URI`).refused;
    const events = mapAgain(row, this.#knowledge);
    if (!Array.isArray(events)) return events.refused;
    const problem = await this.#problemOf(source, events);
    if (problem) return problem;
    if (this.#batch && (this.#batch.source !== source || this.#batch.recordedAt !== recordedAt)) await this.flush();
    this.#batch ??= { source, recordedAt, events: [], rejects: [] };
    this.#batch.events.push(...events);
    this.#batch.rejects.push(...rejects);
    return undefined;
  }

  /** What the usual checks have against an event of the row. */
  async #problemOf(source: string, events: readonly RowEvent[]): Promise<Refusal | undefined> {
    const trial = new TablePlan(source, Date.now());
    try {
      for (const event of events) await trial.addEvent(0, event);
      return trial.entries.find(({ refusal }) => refusal)?.refusal;
    } finally {
      await trial.close();
    }
  }

  /** Hands over what was taken so far. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    if (!batch) return;
    this.#batch = undefined;
    const plan = new TablePlan(batch.source, Date.now());
    try {
      for (const event of batch.events) await plan.addEvent(0, event);
      const { recordedAt } = batch;
      await plan.compare(
        new StoredVersions(this.#warehouse, batch.source, false),
        recordedAt === undefined ? undefined : (version) => version.recordedAt > recordedAt,
      );
      for await (const { bytes } of plan.placed())
        this.#line += await this.#receiver.lines(Buffer.concat([bytes, Buffer.from('\n')]), this.#line);
      this.closed.push(...batch.rejects);
    } finally {
      await plan.close();
    }
  }
}
