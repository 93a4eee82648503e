/** Tables of offices for the pages, through the layouts and the readers of `import`: what one door takes, the other takes too. */
import { createHash } from 'node:crypto';
import type { EventWriter, PlacedRow } from '@hengjian/contract/event-writer.ts';
import type { Reason } from '@hengjian/contract/reasons.ts';
import type {
  BroughtEvent,
  FilePreview,
  ImportOptions,
  ImportOutcome,
  OnRows,
  SentFile,
  TableImports,
  TakingBack,
  Template,
} from '@hengjian/contract/table-imports.ts';
import { tableKnowledge } from '@hengjian/ingest/commands/table-knowledge.ts';
import { fileSubmission } from '@hengjian/ingest/files/import-lines.ts';
import { UnreadableFileError } from '@hengjian/ingest/files/read-file.ts';
import { entryFamilies } from '@hengjian/ingest/tables/entries/entry-layouts.ts';
import type { SheetFaults } from '@hengjian/ingest/tables/faults/sheet-faults.ts';
import { headOf, kindOf, openWorkbook } from '@hengjian/ingest/tables/files/open-workbook.ts';
import { DEFAULT_SOURCE } from '@hengjian/ingest/tables/import/default-source.ts';
import { type ReadTable, readTable, type TableKnowledge } from '@hengjian/ingest/tables/import/open-table.ts';
import { NOTHING_READ, previewTable } from '@hengjian/ingest/tables/import/preview-table.ts';
import { sendTable } from '@hengjian/ingest/tables/import/send-table.ts';
import { storedTimes } from '@hengjian/ingest/tables/import/stored-times.ts';
import { StoredVersions } from '@hengjian/ingest/tables/import/stored-versions.ts';
import { withholdForeign } from '@hengjian/ingest/tables/import/withhold-foreign.ts';
import { loadLayouts } from '@hengjian/ingest/tables/layouts/load-layouts.ts';
import { forgetAlias, rememberAlias, rememberedAliases } from '@hengjian/ingest/tables/rows/remember-alias.ts';
import { UnitNamesError } from '@hengjian/ingest/tables/rows/unit-names.ts';
import { namedUnits, ruleLimits } from '@hengjian/models';
import { readVoids } from '@hengjian/models/queries/read-voids.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { openEventWriter } from './open-event-writer.ts';

export type ImportEnvironment = Pick<Environment, 'dataDir' | 'ruleset'> &
  Partial<Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>>;

/** So many voids are sent at once. */
const VOIDS_AT_ONCE = 5_000;

/** Layouts, units and aliases are read each time: an office may add some while a dashboard runs. */
export function tableImports(environment: ImportEnvironment, warehouse: Warehouse): TableImports {
  return new Imports(environment, warehouse);
}

class Imports implements TableImports {
  readonly #environment: ImportEnvironment;
  readonly #warehouse: Warehouse;

  constructor(environment: ImportEnvironment, warehouse: Warehouse) {
    this.#environment = environment;
    this.#warehouse = warehouse;
  }

  templates(): Template[] {
    const kinds = [...this.#withTemplate(), ...entryFamilies()];
    return kinds.map(({ id, title: { zh, en } }) => ({ id, zh, en }));
  }

  async template(id: string): Promise<Buffer | undefined> {
    const layout = this.#withTemplate().find((one) => one.id === id);
    const family = entryFamilies().find((one) => one.id === id);
    if (!layout && !family) return undefined;
    // Loaded here, since nothing else of the dashboard needs the library.
    const { writeTemplate, writeTemplates } = await import('@hengjian/ingest/tables/templates/write-template.ts');
    const units = namedUnits(this.#environment).map(({ name }) => name);
    const words = { units, marks: ruleLimits(this.#environment).marks };
    return layout ? writeTemplate(layout, words) : writeTemplates(family!.layouts, words);
  }

  async preview(files: readonly SentFile[], options: ImportOptions, onRows?: OnRows): Promise<FilePreview[]> {
    const previews: FilePreview[] = [];
    await this.#each(files, options, this.#versions(true), onRows, async (file, table) => {
      if (table instanceof UnreadableFileError)
        previews.push({ ...NOTHING_READ, name: file.name, unreadable: sentenceOf(table, file) });
      else previews.push(previewTable(table, file.name));
    });
    return previews;
  }

  async bring(
    files: readonly SentFile[],
    options: ImportOptions,
    onPlanned: (events: BroughtEvent[]) => Promise<void>,
    onRows?: OnRows,
  ): Promise<ImportOutcome[]> {
    const outcomes: ImportOutcome[] = [];
    await this.#writing((writer) =>
      this.#each(files, options, this.#versions(false), onRows, async (file, table) => {
        if (table instanceof UnreadableFileError) {
          outcomes.push({ accepted: 0, duplicate: 0, rejected: 0 });
          return;
        }
        await onPlanned(table.plan.brought());
        const counts = await sendTable(table, `${options.rights.by}:${file.name}`, writer, options.rights);
        outcomes.push({ ...counts, duplicate: this.throughLog ? null : counts.duplicate });
      }),
    );
    return outcomes;
  }

  async takeBack(events: readonly BroughtEvent[], act: TakingBack): Promise<BroughtEvent[]> {
    const voids = await readVoids(this.#warehouse, events);
    const ownOf = (event: BroughtEvent) => voidOf(event, act);
    // Of an attempt at the same act that broke off: what it had voided belongs to the act.
    const isDone = (event: BroughtEvent) => {
      const own = ownOf(event);
      return voids.holding(event).some(({ source, id }) => source === own.source && id === own.id);
    };
    const before = events.filter(isDone).map(ownOf);
    // Also what another void holds down, such as a later correction: that one may be taken back itself.
    const left = events.filter((event) => !isDone(event));
    const times = await storedTimes(this.#warehouse, left);
    return [...before, ...(await this.#writing((writer) => sendVoids(writer, left, times, act)))];
  }

  async marked(
    file: SentFile,
    options: ImportOptions,
    say: (reason: Reason, detail: string) => string,
    into: string,
  ): Promise<void> {
    const known = this.#knowledge();
    const table = await read(file, known, options, () => {});
    let faults: Map<string, SheetFaults>;
    try {
      await withholdForeign(table.plan, options.rights, this.#warehouse, known.limits);
      faults = faultsOf(table, say);
    } finally {
      await table.plan.close();
    }
    const { markWorkbook } = await import('@hengjian/ingest/tables/faults/mark-workbook.ts');
    const workbook = await openWorkbook(file.path, await headOf(file.path));
    try {
      await markWorkbook(file.path, workbook, faults, into);
    } catch (error) {
      throw error instanceof UnreadableFileError ? new UnreadableFileError(sentenceOf(error, file)) : error;
    } finally {
      await workbook.close();
    }
  }

  remember(unit: string, organ: string): { refused: string } | undefined {
    try {
      rememberAlias(namedUnits(this.#environment), this.#environment.dataDir, unit, organ);
      return undefined;
    } catch (error) {
      if (error instanceof UnitNamesError) return { refused: error.message };
      throw error;
    }
  }

  aliases(): ReturnType<TableImports['aliases']> {
    try {
      return rememberedAliases(this.#environment.dataDir);
    } catch (error) {
      if (error instanceof UnitNamesError) return { refused: error.message };
      throw error;
    }
  }

  forget(unit: string, alias: string): void {
    forgetAlias(this.#environment.dataDir, unit, alias);
  }

  get throughLog(): boolean {
    return (this.#environment.kafkaBrokers ?? []).length > 0;
  }

  #knowledge(): TableKnowledge {
    const environment = this.#environment;
    const units = () => namedUnits(environment);
    return tableKnowledge(environment.dataDir, { units, limits: () => ruleLimits(environment) });
  }

  #withTemplate() {
    return loadLayouts(this.#environment.dataDir).filter(({ template }) => template);
  }

  #versions(remember: boolean): StoredVersions {
    return new StoredVersions(this.#warehouse, DEFAULT_SOURCE, remember || this.throughLog);
  }

  async #writing<T>(work: (writer: EventWriter) => Promise<T>): Promise<T> {
    const opened = await openEventWriter({ environment: this.#environment, warehouse: async () => this.#warehouse });
    try {
      return await work(opened.writer);
    } finally {
      await opened.stop();
    }
  }

  /** One file after the other, each compared with what is stored and with the files before it. */
  async #each(
    files: readonly SentFile[],
    options: ImportOptions,
    stored: StoredVersions,
    onRows: OnRows | undefined,
    work: (file: SentFile, table: ReadTable | UnreadableFileError) => Promise<void>,
  ): Promise<void> {
    let rows = 0;
    const known = this.#knowledge();
    for (const file of files) {
      const table = await read(file, known, options, () => onRows?.(++rows)).catch((error: unknown) => {
        if (error instanceof UnreadableFileError) return error;
        throw error;
      });
      if (table instanceof UnreadableFileError) {
        await work(file, table);
        continue;
      }
      try {
        const spared = await withholdForeign(table.plan, options.rights, this.#warehouse, known.limits);
        await table.plan.compare(stored, spared);
        await work(file, table);
      } finally {
        await table.plan.close();
      }
    }
  }
}

/** What is wrong in each row, by sheet; of a row with several faults all of them. */
function faultsOf(
  { sheets, plan }: ReadTable,
  say: (reason: Reason, detail: string) => string,
): Map<string, SheetFaults> {
  const byRow = sheets.map(() => new Map<number, string>());
  for (const { sheet, row, refusal } of plan.entries) {
    if (!refusal) continue;
    const words = say(refusal.reason, refusal.detail);
    const before = byRow[sheet]!.get(row);
    if (!before?.includes(words)) byRow[sheet]!.set(row, before === undefined ? words : `${before}；${words}`);
  }
  return new Map(sheets.map(({ name, header }, index) => [name, { headerRow: header.lastRow, byRow: byRow[index]! }]));
}

async function read(
  { path, name }: SentFile,
  known: TableKnowledge,
  { department }: ImportOptions,
  onRow: () => void,
): Promise<ReadTable> {
  const head = await headOf(path);
  if (kindOf(path, head) === 'events')
    throw new UnreadableFileError(`${name} holds no table; events as NDJSON are imported by the command line`);
  return readTable(path, head, known, { department }, onRow);
}

/** Nobody knows the path under which it was kept; a name may hold `$&`, which would bring it back. */
const sentenceOf = ({ message }: Error, { path, name }: SentFile): string => message.replaceAll(path, () => name);

/** The same for the same act, however often it is tried. */
function voidOf({ source, id, department }: BroughtEvent, { mark }: TakingBack): BroughtEvent {
  const own = createHash('sha256').update(`${mark}\n${source}\n${id}`).digest('hex').slice(0, 56);
  return { source, id: own, department };
}

/**
 * Each void has the time of what it voids, as a correction has: it counts in every period in which that counts, also where the
 * cut-off has passed; of what the log has not delivered yet it is the one that was noted when it was sent.
 */
async function sendVoids(
  writer: Pick<EventWriter, 'writeRows'>,
  events: readonly BroughtEvent[],
  timeOf: (event: BroughtEvent) => string | undefined,
  act: TakingBack,
): Promise<BroughtEvent[]> {
  const { rights, reason } = act;
  const now = new Date().toISOString();
  const voids: BroughtEvent[] = [];
  let rows: PlacedRow[] = [];
  const send = async () => {
    if (rows.length === 0) return;
    const { rejected } = await writer.writeRows(rows, { ...fileSubmission(rights.by), rights });
    if (rejected > 0) throw new Error(`${rejected} of ${rows.length} voids of an import were refused`);
    rows = [];
  };
  for (const target of events) {
    const time = timeOf(target) ?? (target.time || now);
    const own = { ...voidOf(target, act), time };
    const data = { event_source: target.source, event_id: target.id, reason };
    const event = { specversion: '1.0', ...own, type: 'event.voided', data };
    rows.push({ row: voids.length + 1, bytes: Buffer.from(JSON.stringify(event)), expected: 'accepted' });
    voids.push(own);
    if (rows.length >= VOIDS_AT_ONCE) await send();
  }
  await send();
  return voids;
}
