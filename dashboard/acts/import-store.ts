/** Imports as the warehouse keeps them: a row for each change, the newest is how an import stands. */
import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { BroughtEvent, FilePreview, ImportOutcome } from '@hengjian/contract/table-imports.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { KEPT_DAYS } from './import-files.ts';

/** Those ending in `ing` are work under way. */
export type ImportState =
  | 'reading'
  | 'previewed'
  | 'bringing'
  | 'brought'
  | 'undoing'
  | 'undone'
  | 'restoring'
  | 'discarded'
  | 'failed';

export interface ImportRecord {
  id: string;
  /** Who sent the files. */
  account: string;
  /** Of that account then. */
  units: string[] | 'all';
  /** ISO 8601. */
  startedAt: string;
  files: { name: string; bytes: number }[];
  /** Unit of rows that name none. */
  department: string | null;
  state: ImportState;
  previews: FilePreview[];
  /** By file, once it was brought. */
  outcomes: ImportOutcome[];
  /** How many events it brought, and the voids of each step after. */
  steps: number[];
  /** Who did what, oldest first. */
  history: { state: ImportState; at: string; by: string; reason?: string }[];
}

const MOST_SHOWN = 100;

/** Nothing was brought to its end, and something may be. */
export const OPEN_STATES: readonly ImportState[] = ['reading', 'previewed', 'bringing', 'failed'];

/** What a scope may see of imports: of others only where all of their units are its own. */
export function seesImport(scope: Scope, { units }: Pick<ImportRecord, 'units'>): boolean {
  if (!may(scope, 'imports')) return false;
  const own = scope.units;
  return own === 'all' || (units !== 'all' && units.length > 0 && units.every((unit) => own.includes(unit)));
}

export class ImportStore {
  readonly #warehouse: Warehouse;
  #last = 0;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  async save(record: ImportRecord): Promise<void> {
    const { id, account, units, state } = record;
    const row = { import_id: id, account, units: units === 'all' ? [] : units, state, detail: JSON.stringify(record) };
    await this.#warehouse.insert('imports', [{ ...row, at: this.#moment() }]);
  }

  /** To the microsecond, and none twice: of two changes of one millisecond the later one counts. */
  #moment(): string {
    this.#last = Math.max(Date.now() * 1000, this.#last + 1);
    const ms = Math.floor(this.#last / 1000);
    return new Date(ms).toISOString().replace('Z', `${String(this.#last % 1000).padStart(3, '0')}Z`);
  }

  /** Newest first; of each without what was found in its files. */
  async list(scope: Scope): Promise<Omit<ImportRecord, 'previews'>[]> {
    if (!may(scope, 'imports')) return [];
    const rows = await this.#warehouse.query<{ detail: string }>(
      `SELECT argMax(detail, at) AS detail FROM imports
       WHERE {everything:UInt8} OR notEmpty(units) AND hasAll({units:Array(String)}, units)
       GROUP BY import_id ORDER BY min(at) DESC LIMIT {limit:UInt32}`,
      {
        everything: scope.units === 'all' ? 1 : 0,
        units: scope.units === 'all' ? [] : scope.units,
        limit: MOST_SHOWN,
      },
    );
    return rows.map(({ detail }) => {
      const { previews: _, ...rest } = JSON.parse(detail) as ImportRecord;
      return rest;
    });
  }

  async find(scope: Scope, id: string): Promise<ImportRecord | undefined> {
    const [row] = await this.#warehouse.query<{ detail: string }>(
      'SELECT detail FROM imports WHERE import_id = {id:String} ORDER BY at DESC LIMIT 1',
      { id },
    );
    const record = row && (JSON.parse(row.detail) as ImportRecord);
    return record && seesImport(scope, record) ? record : undefined;
  }

  async note(id: string, step: number, events: readonly BroughtEvent[]): Promise<void> {
    if (events.length === 0) return;
    const at = this.#moment();
    await this.#warehouse.insert(
      'import_events',
      events.map((event) => ({ import_id: id, step, noted_at: at, ...event })),
    );
  }

  /** So many imports await a decision: of the account that sent them, and of all. Older ones have lost their files. */
  async countOpen(account: string): Promise<{ own: number; everyone: number }> {
    const [row] = await this.#warehouse.query<{ own: string; everyone: string }>(
      `SELECT countIf(sender = {account:String}) AS own, count() AS everyone FROM (
         SELECT argMax(state, at) AS last, any(account) AS sender, min(at) AS began FROM imports GROUP BY import_id)
       WHERE last IN {open:Array(String)} AND began > now64(6) - toIntervalDay({days:UInt8})`,
      { account, open: OPEN_STATES, days: KEPT_DAYS },
    );
    return { own: Number(row?.own ?? 0), everyone: Number(row?.everyone ?? 0) };
  }

  /** What was noted and is stored: of an import that broke off, what did come in. */
  arrived(id: string): Promise<BroughtEvent[]> {
    return this.#warehouse.query<BroughtEvent>(
      `${EVENTS}
         AND (toString(source), id) IN (
           SELECT toString(events.source), events.id FROM events
           WHERE events.id IN (SELECT id FROM import_events WHERE import_id = {id:String} AND step = 0))
       GROUP BY source, id ORDER BY id`,
      { id, step: 0 },
    );
  }

  events(id: string, step: number): Promise<BroughtEvent[]> {
    return this.#warehouse.query<BroughtEvent>(`${EVENTS} GROUP BY source, id ORDER BY id`, { id, step });
  }
}

/** Without what another import brought: where the first broke off, the same file may have come again as another one. */
const EVENTS = `SELECT toString(source) AS source, id, toString(any(department)) AS department, max(import_events.time) AS time FROM import_events
  WHERE import_id = {id:String} AND step = {step:UInt32} AND ({step:UInt32} > 0 OR (toString(source), id) NOT IN (
    SELECT toString(noted.source), noted.id FROM import_events AS noted
    WHERE noted.step = 0 AND noted.id IN (SELECT id FROM import_events WHERE import_id = {id:String} AND step = 0)
    GROUP BY noted.source, noted.id
    HAVING maxIf(noted.noted_at, noted.import_id != {id:String}) > maxIf(noted.noted_at, noted.import_id = {id:String})))`;
