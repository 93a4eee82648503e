/** A table file as it will be stored: all of it read, checked and compared with what is stored, and nothing sent yet. */
import type { PlacedRow } from '@hengjian/contract/event-writer.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { EventChecker } from '../../check/event-checker.ts';
import { eventId } from '../rows/event-id.ts';
import type { RecordMark } from '../rows/record-mark.ts';
import type { Refusal, RowEvent } from '../rows/row-event.ts';
import { type Correction, correct, keyOf } from './corrections.ts';
import { EventSpool } from './event-spool.ts';
import type { RefusedRow } from './read-sheet.ts';
import { KEYS_AT_ONCE, type StoredVersions, type Version } from './stored-versions.ts';

export interface PlanEntry {
  /** Index of the sheet among those that are read. */
  sheet: number;
  row: number;
  id: string;
  type: string;
  expected: PlacedRow['expected'];
  refusal: Refusal | undefined;
  /** Of good events. */
  department: string;
  time: string;
  timeFrom: string;
  /** Known, and declared void. */
  voided?: boolean;
  /** It is not handed over. */
  withheld?: boolean;
  /** A good event, but not of whoever brings the file. */
  foreign?: boolean;
  /** Known under the source and the id by which it came: it is not handed over. */
  keptElsewhere?: boolean;
}

export interface PlanCounts {
  accepted: number;
  duplicate: number;
  rejected: number;
  byType: Record<string, number>;
}

/** The event as JSON in UTF-8. */
export function eventBytes(event: RowEvent, source: string, id = eventId(event)): Buffer {
  const { type, time, department, region, subject, data } = event;
  return Buffer.from(JSON.stringify({ specversion: '1.0', id, source, type, time, department, region, subject, data }));
}

export class TablePlan {
  readonly source: string;
  readonly entries: PlanEntry[] = [];
  readonly corrections: Correction['voids'] = [];
  readonly #spool = new EventSpool();
  readonly #checker: EventChecker;
  readonly #earlier: Correction['earlier'] = new Map();
  /** Stored events that rows stand for, by the id that they would have by a table. */
  readonly #marks = new Map<string, RecordMark>();
  /** Where the void of a correction stands: the row that brought the new version. */
  readonly #voidPlaces: PlanEntry[] = [];

  constructor(source: string, limits: RuleLimits) {
    this.source = source;
    this.#checker = new EventChecker(Date.now(), limits);
  }

  async addEvent(sheet: number, event: RowEvent): Promise<void> {
    const { type, time, department, data, row } = event;
    const id = eventId(event);
    const bytes = eventBytes(event, this.source, id);
    const rejection = this.#checker.check(bytes, 0, bytes.length, true);
    this.entries.push({
      sheet,
      row,
      id,
      type,
      expected: rejection ? 'rejected' : 'accepted',
      refusal: rejection && { reason: rejection.reason, detail: rejection.detail },
      department,
      time,
      timeFrom: typeof data.time_from === 'string' ? data.time_from : '',
    });
    await this.#spool.append(bytes);
  }

  mark(marks: readonly RecordMark[]): void {
    for (const mark of marks) this.#marks.set(mark.tableId, mark);
  }

  async addRefusal(sheet: number, { row, refusal, bytes }: RefusedRow): Promise<void> {
    this.entries.push({
      sheet,
      row,
      id: '',
      type: '',
      expected: 'rejected',
      refusal,
      department: '',
      time: '',
      timeFrom: '',
    });
    await this.#spool.append(bytes);
  }

  /** What the rows became, in the order of the file; bytes are good until the next is asked for. */
  async *rows(): AsyncGenerator<{ entry: PlanEntry; bytes: Buffer }> {
    let index = 0;
    for await (const bytes of this.#spool.entries()) yield { entry: this.entries[index++]!, bytes };
  }

  /** Finds out what is new, known and corrected. @param spared versions that are not to be voided */
  async compare(stored: StoredVersions, spared?: (version: Version) => boolean): Promise<void> {
    const types = [...new Set(this.entries.filter(({ id }) => id !== '').map(({ type }) => type))];
    const marked = await stored.marked([...this.#marks.values()], types);
    for (const records of this.#records()) {
      const versions = await stored.of(
        records.map(([first]) => keyOf(first!.id)),
        types,
      );
      for (const record of records) {
        const key = keyOf(record[0]!.id);
        const elsewhere = marked.get(key);
        if (elsewhere) keepElsewhere(record, elsewhere, versions.get(key));
        this.#compareRecord(
          record.filter(({ withheld }) => !withheld),
          versions.get(key),
          spared,
        );
      }
    }
    this.#remember(stored);
  }

  /** What the file says of one record each, in the order of the file; so many at once as one query takes. */
  *#records(): Generator<PlanEntry[][]> {
    const order = Uint32Array.from(
      this.entries.flatMap(({ expected }, index) => (expected === 'rejected' ? [] : [index])),
    ).sort((a, b) => {
      const [first, second] = [this.entries[a]!.id, this.entries[b]!.id];
      const [one, other] = [keyOf(first), keyOf(second)];
      return one < other ? -1 : one > other ? 1 : a - b;
    });
    let records: PlanEntry[][] = [];
    for (const index of order) {
      const entry = this.entries[index]!;
      const last = records.at(-1);
      if (last && keyOf(last[0]!.id) === keyOf(entry.id)) {
        last.push(entry);
        continue;
      }
      if (records.length >= KEYS_AT_ONCE) {
        yield records;
        records = [];
      }
      records.push([entry]);
    }
    if (records.length > 0) yield records;
  }

  #compareRecord(
    entries: PlanEntry[],
    known: ReadonlyMap<string, Version> | undefined,
    spared: ((version: Version) => boolean) | undefined,
  ): void {
    const correction = correct(entries, known, this.source, spared);
    const seen = new Set<string>();
    for (const entry of entries) {
      if (known?.has(entry.id) || seen.has(entry.id)) entry.expected = 'duplicate';
      if (known?.get(entry.id)?.voided) entry.voided = true;
      seen.add(entry.id);
    }
    if (!correction) return;
    for (const [id, stamp] of correction.earlier) this.#earlier.set(id, stamp);
    const place = entries.find(({ expected }) => expected === 'accepted')!;
    for (const one of correction.voids) {
      this.corrections.push(one);
      this.#voidPlaces.push(place);
    }
  }

  #remember(stored: StoredVersions): void {
    for (const { expected, id, department, time, timeFrom } of this.entries) {
      if (expected !== 'accepted') continue;
      const stamp = this.#earlier.get(id);
      stored.remember({
        id,
        department,
        time: stamp?.time ?? time,
        timeFrom: stamp?.timeFrom ?? timeFrom,
        voided: false,
        recordedAt: '',
      });
    }
    for (const { of } of this.corrections) stored.remember({ ...of, voided: true });
  }

  /** The row that brought the new version, by the index of the correction. */
  placeOf(correction: number): PlanEntry {
    return this.#voidPlaces[correction]!;
  }

  /** What will be new once all is sent. */
  brought(): { source: string; id: string; department: string; time: string }[] {
    const { source } = this;
    const fresh = this.entries.filter(({ expected, withheld }) => expected === 'accepted' && !withheld);
    return [
      ...fresh.map(({ id, department, time }) => ({
        source,
        id,
        department,
        time: this.#earlier.get(id)?.time ?? time,
      })),
      ...this.corrections.map(({ id, of }) => ({ source, id, department: of.department, time: of.time })),
    ];
  }

  counts(): PlanCounts {
    const counts: PlanCounts = { accepted: 0, duplicate: 0, rejected: 0, byType: {} };
    for (const { expected, type } of [...this.entries, ...this.corrections.map(asAccepted)]) {
      counts[expected] += 1;
      if (expected === 'accepted') counts.byType[type] = (counts.byType[type] ?? 0) + 1;
    }
    return counts;
  }

  /** Events and refused rows in the order of the file, then the voids of what it corrects. */
  async *placed(): AsyncGenerator<PlacedRow & { sheet: number }> {
    for await (const { entry, bytes } of this.rows()) {
      const { sheet, row, id, refusal, expected, withheld } = entry;
      if (withheld) continue;
      const kept = id === '' ? refusal && { ...refusal, source: this.source } : undefined;
      const stamp = this.#earlier.get(id);
      yield {
        sheet,
        row,
        bytes: stamp && expected === 'accepted' ? restamped(bytes, stamp) : bytes,
        refusal: kept,
        expected,
      };
    }
    for (const [at, { bytes }] of this.corrections.entries()) {
      const { sheet, row } = this.#voidPlaces[at]!;
      yield { sheet, row, bytes, expected: 'accepted' };
    }
  }

  close(): Promise<void> {
    return this.#spool.close();
  }
}

/** What is stored under another source is known where the row says the same, and is not changed by a table. */
function keepElsewhere(
  entries: readonly PlanEntry[],
  elsewhere: ReadonlyMap<string, Version>,
  own: ReadonlyMap<string, Version> | undefined,
): void {
  const standing = [...elsewhere.values()].find(({ voided }) => !voided);
  for (const entry of entries) {
    const known = elsewhere.get(entry.id);
    if (own?.has(entry.id) || (!known && !standing)) continue;
    entry.withheld = true;
    if (known) {
      entry.expected = 'duplicate';
      entry.keptElsewhere = true;
      if (known.voided) entry.voided = true;
      continue;
    }
    entry.expected = 'rejected';
    entry.foreign = true;
    entry.refusal = {
      reason: 'not_granted',
      detail: `the record came from ${JSON.stringify(standing!.keptBy)} and is corrected there; or declare it void first and clear the last cell of the row`,
    };
  }
}

const asAccepted = ({ type }: { type: string }) => ({ expected: 'accepted' as const, type });

function restamped(bytes: Buffer, { time, timeFrom }: { time: string; timeFrom: string }): Buffer {
  const event = JSON.parse(bytes.toString('utf8')) as { time: string; data: Record<string, unknown> };
  event.time = time;
  event.data.time_from = timeFrom;
  return Buffer.from(JSON.stringify(event));
}
