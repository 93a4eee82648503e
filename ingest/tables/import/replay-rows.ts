/** Sends refused rows of tables through again: mapped anew, and with the corrections that they bring. */
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Rejection } from '../../check/rejection.ts';
import { isSourceUri } from '../../check/source-uri.ts';
import { type Refusal, type RowEvent, refused } from '../rows/row-event.ts';
import { damageBeside } from './damage-beside.ts';
import { type KeptRow, mapAgain } from './kept-row.ts';
import type { TableKnowledge } from './open-table.ts';
import { StoredVersions } from './stored-versions.ts';
import { eventBytes, TablePlan } from './table-plan.ts';

/** How the events of the rows go on, once they are made. */
export interface ReplayDoor {
  send(event: Buffer, rights: WriteRights): Promise<void>;
}

type Judge = (event: Buffer) => Promise<{ rights: WriteRights } | Rejection>;

interface Batch {
  source: string;
  rights: WriteRights;
  /** When the rows were refused; what was stored later is newer than they are. */
  recordedAt: string | undefined;
  events: RowEvent[];
  rejects: string[];
}

export interface RowToReplay {
  row: KeptRow;
  /** The rejects that it corrects. */
  rejects: readonly string[];
  /** Why the very same row was refused; undefined if it was corrected since. */
  before?: Refusal | undefined;
  recordedAt?: string | undefined;
  judge: Judge;
}

/** What the cells cannot show any more: only a corrected line or file helps. */
const LASTING = new Set(['number_damaged', 'row_shape']);

export class RowReplay {
  readonly #warehouse: Warehouse;
  readonly #knowledge: TableKnowledge;
  readonly #door: ReplayDoor;
  #batch: Batch | undefined;
  /** Rejects whose rows went through. */
  readonly closed: string[] = [];

  constructor(warehouse: Warehouse, knowledge: TableKnowledge, door: ReplayDoor) {
    this.#warehouse = warehouse;
    this.#knowledge = knowledge;
    this.#door = door;
  }

  /** @returns why the row is refused still */
  async take({ row, rejects, before, recordedAt, judge }: RowToReplay): Promise<Refusal | undefined> {
    if (before && LASTING.has(before.reason)) return before;
    const { source } = row.table;
    if (!isSourceUri(source)) return refused('source_uri', `source ${JSON.stringify(source)} is not a URI`).refused;
    const events = mapAgain(row, this.#knowledge);
    if (!Array.isArray(events)) return events.refused;
    const damage = before && damageBeside(before);
    if (damage) return damage;
    let rights: WriteRights | undefined;
    for (const event of events) {
      const judged = await judge(eventBytes(event, source));
      if ('reason' in judged) return { reason: judged.reason, detail: judged.detail };
      rights = judged.rights;
    }
    if (!rights) return undefined;
    const same =
      this.#batch?.source === source && this.#batch.recordedAt === recordedAt && this.#batch.rights === rights;
    if (!same) await this.flush();
    this.#batch ??= { source, rights, recordedAt, events: [], rejects: [] };
    this.#batch.events.push(...events);
    this.#batch.rejects.push(...rejects);
    return undefined;
  }

  /** Hands over what was taken so far. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    if (!batch) return;
    this.#batch = undefined;
    const { source, rights, recordedAt, events, rejects } = batch;
    const plan = new TablePlan(source, this.#knowledge.limits);
    try {
      for (const event of events) await plan.addEvent(0, event);
      await plan.compare(
        new StoredVersions(this.#warehouse, source, false),
        recordedAt === undefined ? undefined : (version) => version.recordedAt > recordedAt,
      );
      for await (const { bytes } of plan.placed()) await this.#door.send(bytes, rights);
      for (const reject of rejects) this.closed.push(reject);
    } finally {
      await plan.close();
    }
  }
}
