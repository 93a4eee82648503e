/**
 * Tables that people send on a page: read, shown, brought in, taken back. Each is work that goes on while its page shows
 * how far it is; one import at a time, since each may need hundreds of MiB.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { may } from '@hengjian/contract/permissions.ts';
import type { Reason } from '@hengjian/contract/reasons.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import {
  type BroughtEvent,
  OFFICE_FILES_SOURCE,
  type SentFile,
  type TableImports,
} from '@hengjian/contract/table-imports.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { accountRights, isOffice } from '../accounts/account-rights.ts';
import { ImportFiles } from './import-files.ts';
import { fallenBack, isBroken, isOpen, isUnderWay } from './import-states.ts';
import { type ImportRecord, type ImportState, ImportStore } from './import-store.ts';
import { OpenImports, type TooMany } from './open-imports.ts';
import { BoundedWork, type Bounds } from './work-bounds.ts';

/** Files that are read again to be marked while somebody waits for them; each may need hundreds of MiB. */
const MOST_MARKED: Bounds = { account: 1, all: 2 };

export interface ImportActsOptions {
  warehouse: Warehouse;
  tables: TableImports;
  dataDir: string;
  /** Something failed in a way that nobody expected. */
  onFault: (error: unknown, id: string) => void;
}

/** An import, and how far the work on it is; null: nothing is under way in this process. */
export interface ImportStanding extends ImportRecord {
  rows: number | null;
  /** Whether its files still lie here. */
  hasFiles: boolean;
  /** Nothing was brought, and something may be. */
  isOpen: boolean;
  /** Of an import that broke off on its way: how many of its events did come in; else null. */
  cameIn: number | null;
}

type Work = (record: ImportRecord, onRows: (rows: number) => void) => Promise<Partial<ImportRecord>>;

interface Run {
  rows: number;
}

export class ImportActs {
  readonly #tables: TableImports;
  readonly #store: ImportStore;
  readonly #files: ImportFiles;
  readonly #open: OpenImports;
  readonly #onFault: ImportActsOptions['onFault'];
  readonly #runs = new Map<string, Run>();
  readonly #marking = new BoundedWork(MOST_MARKED);
  #turn: Promise<void> = Promise.resolve();

  constructor({ warehouse, tables, dataDir, onFault }: ImportActsOptions) {
    this.#tables = tables;
    this.#store = new ImportStore(warehouse);
    this.#files = new ImportFiles(dataDir);
    this.#open = new OpenImports(this.#store);
    this.#onFault = onFault;
  }

  list(scope: Scope): Promise<Omit<ImportRecord, 'previews'>[]> {
    return this.#store.list(scope);
  }

  async find(scope: Scope, id: string): Promise<ImportStanding | undefined> {
    const record = await this.#store.find(scope, id);
    if (!record) return undefined;
    // Work whose end is noted is over, though its run may be cleared away a moment later: its result is shown at once.
    const rows = isUnderWay(record) ? (this.#runs.get(id)?.rows ?? null) : null;
    const hasFiles = this.#files.of(id, record.files).length > 0;
    const cameIn = rows === null && isBroken(record) ? (await this.#partOf(id)).length : null;
    return { ...record, rows, hasFiles, isOpen: isOpen(record), cameIn };
  }

  /** Keeps the files and begins to read them. @returns the id, or why not */
  send(scope: Scope, files: readonly File[], department: string | null): Promise<string | TooMany> {
    const id = randomUUID();
    const record: ImportRecord = {
      id,
      account: scope.account,
      units: scope.units,
      startedAt: new Date().toISOString(),
      files: files.map(({ name, size }) => ({ name: name.slice(0, 200), bytes: size })),
      department,
      state: 'reading',
      previews: [],
      outcomes: [],
      steps: [],
      history: [],
    };
    const keep = () => this.#files.keep(id, files);
    return this.#open.admit(scope.account, keep, async () => {
      await this.#begin(scope, record, 'reading', this.#reading(scope));
      return id;
    });
  }

  /** Reads the files once more: an organ has got a unit, or rows without one are to be of another. */
  readAgain(scope: Scope, record: ImportRecord, department: string | null): Promise<boolean> {
    if (!this.#isReadable(record)) return Promise.resolve(false);
    return this.#begin(scope, { ...record, department }, 'reading', this.#reading(scope));
  }

  /** From now on the organ is that unit, in every table. Of the office without limits alone. */
  remember(scope: Scope, unit: string, organ: string): { refused: string } | undefined {
    if (!this.mayRemember(scope)) return { refused: 'only the office may say which unit an organ is' };
    return this.#tables.remember(unit, organ);
  }

  mayRemember(scope: Scope): boolean {
    return may(scope, 'registries', 'write');
  }

  bring(scope: Scope, record: ImportRecord): Promise<boolean> {
    if (!this.#isReadable(record)) return Promise.resolve(false);
    return this.#begin(scope, record, 'bringing', async ({ id, files, department, steps }, onRows) => {
      const options = { rights: importRights(scope), department: department ?? undefined };
      const outcomes = await this.#tables.bring(
        this.#files.of(id, files),
        options,
        // Noted before they are sent: what was sent can be taken back, whatever happens on the way.
        (events) => this.#store.note(id, 0, events),
        onRows,
      );
      // With what an attempt before this one had brought.
      const brought = (await this.#store.events(id, 0)).length;
      return { state: 'brought', outcomes, steps: [brought, ...steps.slice(1)] };
    });
  }

  /** Voids what the import brought, also where it broke off on its way; what it had corrected stands again. */
  undo(scope: Scope, record: ImportRecord, reason: string): Promise<boolean> {
    if (!['brought', 'undoing'].includes(record.state) && !isBroken(record)) return Promise.resolve(false);
    return this.#begin(scope, record, 'undoing', this.#takingBack(scope, 0, 'undone', reason), reason);
  }

  /** Voids the voids of the last taking back: what the import brought stands again. */
  restore(scope: Scope, record: ImportRecord, reason: string): Promise<boolean> {
    if (!['undone', 'restoring'].includes(record.state)) return Promise.resolve(false);
    const last = record.steps.length - 1;
    const then = record.outcomes.length > 0 ? 'brought' : 'failed';
    return this.#begin(scope, record, 'restoring', this.#takingBack(scope, last, then, reason), reason);
  }

  async discard(scope: Scope, record: ImportRecord): Promise<boolean> {
    if (!isOpen(record) || this.#runs.has(record.id)) return false;
    // What came in would be nobody's import any more; it is taken back instead.
    if (isBroken(record) && (await this.#partOf(record.id)).length > 0) return false;
    await this.#files.drop(record.id);
    await this.#store.save(changed(record, 'discarded', scope));
    return true;
  }

  /** The file again, with a column that says what is wrong; the caller reads it at once. @returns its path */
  async marked(
    scope: Scope,
    record: ImportRecord,
    index: number,
    say: (reason: Reason, detail: string) => string,
  ): Promise<{ path: string; drop: () => Promise<void> } | 'busy' | undefined> {
    const file = this.#files.of(record.id, record.files)[index];
    if (!file) return undefined;
    const marked = await this.#marking.run(scope.account, () => this.#mark(scope, record, file, index, say));
    return marked?.done ?? 'busy';
  }

  async #mark(
    scope: Scope,
    record: ImportRecord,
    file: SentFile,
    index: number,
    say: (reason: Reason, detail: string) => string,
  ): Promise<{ path: string; drop: () => Promise<void> }> {
    const path = this.#files.aside(record.id, `${index}-${randomUUID()}.xlsx`);
    const drop = () => rm(path, { force: true });
    try {
      const options = { rights: importRights(scope), department: record.department ?? undefined };
      await this.#tables.marked(file, options, say, path);
      return { path, drop };
    } catch (error) {
      await drop();
      throw error;
    }
  }

  /** Resolves when nothing is under way any more, or after a while. */
  async settle(patienceMs: number): Promise<void> {
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(timer.resolve, patienceMs);
    await Promise.race([this.#turn, timer.promise]);
    clearTimeout(timeout);
  }

  /** Of files that were thrown away nothing would come, and it would be said to be brought. */
  #isReadable(record: ImportRecord): boolean {
    return isOpen(record) && this.#files.of(record.id, record.files).length > 0;
  }

  #reading(scope: Scope): Work {
    return async ({ id, files, department }, onRows) => ({
      state: 'previewed',
      previews: await this.#tables.preview(
        this.#files.of(id, files),
        { rights: importRights(scope), department: department ?? undefined },
        onRows,
      ),
    });
  }

  #takingBack(scope: Scope, step: number, then: ImportState, reason: string): Work {
    return async ({ id, steps, outcomes }) => {
      const isPart = step === 0 && outcomes.length === 0;
      const events = isPart ? await this.#partOf(id) : await this.#store.events(id, step);
      const before = steps.length > 0 ? steps : [events.length];
      const next = before.length;
      const act = { rights: importRights(scope), reason, mark: `${id}:${next}` };
      const voids = await this.#tables.takeBack(events, act);
      await this.#store.note(id, next, voids);
      return { state: then, steps: [...before, voids.length] };
    };
  }

  /**
   * What an import that broke off brought: what never came is not voided, or it could not be brought any more. The log may
   * still deliver what was handed to it, so there all of it counts.
   */
  #partOf(id: string): Promise<BroughtEvent[]> {
    return this.#tables.throughLog ? this.#store.events(id, 0) : this.#store.arrived(id);
  }

  /** @returns false where work on it is under way already */
  async #begin(scope: Scope, before: ImportRecord, state: ImportState, work: Work, reason?: string): Promise<boolean> {
    const { id } = before;
    if (this.#runs.has(id)) return false;
    const run: Run = { rows: 0 };
    this.#runs.set(id, run);
    const record = changed(before, state, scope, reason);
    try {
      await this.#store.save(record);
    } catch (error) {
      this.#runs.delete(id);
      throw error;
    }
    this.#turn = this.#turn.then(async () => {
      try {
        const done = await work(record, (rows) => {
          run.rows = rows;
        });
        await this.#store.save(changed({ ...record, ...done }, done.state!, scope, reason));
      } catch (error) {
        this.#onFault(error, id);
        // How far it came is noted; the same may be asked for again.
        await this.#store.save(changed(record, fallenBack(state, record), scope)).catch(() => {});
      } finally {
        this.#runs.delete(id);
      }
    });
    return true;
  }
}

function changed(record: ImportRecord, state: ImportState, scope: Scope, reason?: string): ImportRecord {
  const step = { state, at: new Date().toISOString(), by: scope.account, ...(reason ? { reason } : {}) };
  return { ...record, state, history: [...record.history, step] };
}

/** The rights of an account over rows of tables: its units, and the acts of the office for the office alone. */
function importRights(scope: Scope): WriteRights {
  const rights = accountRights(scope, OFFICE_FILES_SOURCE, scope.units, ['office', 'registry']);
  return isOffice(scope) && scope.units === 'all' ? { ...rights, sources: 'all' } : rights;
}
