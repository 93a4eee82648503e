/** The versions of records that earlier tables brought: by the first part of their ids (office-files §4). */
import type { Warehouse } from '@hengjian/warehouse';
import { HOLDING_VOIDS, READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { KEY_LENGTH } from '../rows/event-id.ts';
import type { RecordMark } from '../rows/record-mark.ts';
import { markedVersions } from './marked-versions.ts';
import { arrayOf, FIELDS, fieldsOf, textsOfAField } from './parameter-fields.ts';

export interface Version {
  id: string;
  department: string;
  /** RFC 3339, +08:00. */
  time: string;
  /** Of a licence or penalty: which cell its time is from; else empty. */
  timeFrom: string;
  voided: boolean;
  /** Empty for what this command brought itself. */
  recordedAt: string;
  /** It came another way, under this source: the row stands for it, and its id is not that of a table. */
  keptBy?: string;
}

interface StoredRow {
  id: string;
  department: string;
  time: string;
  time_from: string;
  recorded: string;
}

const KEYS_OF_A_FIELD = textsOfAField(KEY_LENGTH);
/** Ids of tables: the key, a dash, and sixteen more. */
const IDS_OF_A_FIELD = textsOfAField(KEY_LENGTH + 17);
/** So many keys go into one query. */
export const KEYS_AT_ONCE = KEYS_OF_A_FIELD * FIELDS;

export class StoredVersions {
  readonly #warehouse: Warehouse;
  readonly #source: string;
  /** What this command brought and the warehouse may not show yet: a preview stores nothing, the log stores later. */
  readonly #remembered: Map<string, Map<string, Version>> | undefined;

  constructor(warehouse: Warehouse, source: string, remember: boolean) {
    this.#warehouse = warehouse;
    this.#source = source;
    this.#remembered = remember ? new Map() : undefined;
  }

  /** @param types of the events whose keys are looked for @returns by key; keys without versions are left out */
  async of(keys: readonly string[], types: readonly string[]): Promise<Map<string, Map<string, Version>>> {
    const found = new Map<string, Map<string, Version>>();
    for (let first = 0; first < keys.length; first += KEYS_AT_ONCE)
      for (const row of await this.#rows(keys.slice(first, first + KEYS_AT_ONCE), types))
        note(found, {
          id: row.id,
          department: row.department,
          time: row.time,
          timeFrom: row.time_from,
          voided: false,
          recordedAt: row.recorded,
        });
    await this.#markVoided(found);
    if (this.#remembered)
      for (const key of keys) for (const version of this.#remembered.get(key)?.values() ?? []) note(found, version);
    return found;
  }

  /** Those of the marks whose events are stored, by key. */
  async marked(marks: readonly RecordMark[], types: readonly string[]): Promise<Map<string, Map<string, Version>>> {
    const found = new Map<string, Map<string, Version>>();
    for (const version of await markedVersions(this.#warehouse, marks, types)) note(found, version);
    return found;
  }

  /** Has no effect where the warehouse itself will show it. */
  remember(version: Version): void {
    if (this.#remembered) note(this.#remembered, version);
  }

  async #rows(keys: readonly string[], types: readonly string[]): Promise<StoredRow[]> {
    const fields = fieldsOf(keys, KEYS_OF_A_FIELD);
    return this.#warehouse.query<StoredRow>(
      `SELECT id, toString(department) AS department, formatDateTime(e.time, '%Y-%m-%dT%H:%i:%S+08:00', 'Asia/Shanghai') AS time,
        JSONExtractString(facts, 'time_from') AS time_from, toString(recorded_at) AS recorded
      FROM ${READABLE_EVENTS} AS e WHERE source = {source:String} AND type IN {types:Array(String)} AND substring(id, 1, ${KEY_LENGTH}) IN ${arrayOf(fields)}`,
      { source: this.#source, types, ...fields },
    );
  }

  /** A void that was voided itself has taken nothing away. */
  async #markVoided(found: ReadonlyMap<string, ReadonlyMap<string, Version>>): Promise<void> {
    const versions = new Map([...found.values()].flatMap((one) => [...one]));
    const ids = [...versions.keys()];
    for (let first = 0; first < ids.length; first += IDS_OF_A_FIELD * FIELDS) {
      const fields = fieldsOf(ids.slice(first, first + IDS_OF_A_FIELD * FIELDS), IDS_OF_A_FIELD);
      const rows = await this.#warehouse.query<{ id: string }>(
        `WITH ${HOLDING_VOIDS('1')}
        SELECT DISTINCT voided_id AS id FROM holding
        WHERE voided_source = {source:String} AND voided_id IN ${arrayOf(fields)}`,
        { source: this.#source, ...fields },
      );
      for (const { id } of rows) versions.get(id)!.voided = true;
    }
  }
}

function note(into: Map<string, Map<string, Version>>, version: Version): void {
  const key = version.id.slice(0, KEY_LENGTH);
  const versions = into.get(key) ?? new Map<string, Version>();
  into.set(key, versions);
  versions.set(version.id, version);
}
