/** Tables of offices for the pages, through the layouts and the readers of `import`: what one door takes, the other takes too. */
import { createHash } from 'node:crypto';
import type { EventWriter, PlacedRow } from '@hengjian/contract/event-writer.ts';
import type {
  BroughtEvent,
  FilePreview,
  ImportOptions,
  ImportOutcome,
  OnRows,
  SentFile,
  TableImports,
  Template,
} from '@hengjian/contract/table-imports.ts';
import { tableKnowledge } from '@hengjian/ingest/commands/table-knowledge.ts';
import { fileSubmission } from '@hengjian/ingest/files/import-lines.ts';
import { UnreadableFileError } from '@hengjian/ingest/files/read-file.ts';
import type { SheetFaults } from '@hengjian/ingest/tables/faults/sheet-faults.ts';
import { headOf, kindOf, openWorkbook } from '@hengjian/ingest/tables/files/open-workbook.ts';
import { DEFAULT_SOURCE } from '@hengjian/ingest/tables/import/default-source.ts';
import { type ReadTable, readTable, type TableKnowledge } from '@hengjian/ingest/tables/import/open-table.ts';
import { NOTHING_READ, previewTable } from '@hengjian/ingest/tables/import/preview-table.ts';
import { sendTable } from '@hengjian/ingest/tables/import/send-table.ts';
import { StoredVersions } from '@hengjian/ingest/tables/import/stored-versions.ts';
import { withholdForeign } from '@hengjian/ingest/tables/import/withhold-foreign.ts';
import { rememberAlias } from '@hengjian/ingest/tables/rows/remember-alias.ts';
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
  const { dataDir } = environment;
  const throughLog = (environment.kafkaBrokers ?? []).length > 0;
  const knowledge = () =>
    tableKnowledge(dataDir, { units: () => namedUnits(environment), limits: () => ruleLimits(environment) });
  const versions = (remember: boolean) => new StoredVersions(warehouse, DEFAULT_SOURCE, remember || throughLog);

  /** One file after the other, each compared with what is stored and with the files before it. */
  async function each(
    files: readonly SentFile[],
    options: ImportOptions,
    stored: StoredVersions,
    onRows: OnRows | undefined,
    work: (file: SentFile, table: ReadTable | UnreadableFileError) => Promise<void>,
  ): Promise<void> {
    let rows = 0;
    const known = knowledge();
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
        const spared = await withholdForeign(table.plan, options.rights, warehouse, known.limits);
        await table.plan.compare(stored, spared);
        await work(file, table);
      } finally {
        await table.plan.close();
      }
    }
  }

  return {
    ...templateFiles(knowledge, () => namedUnits(environment).map(({ name }) => name)),
    async preview(files, options, onRows) {
      const previews: FilePreview[] = [];
      await each(files, options, versions(true), onRows, async (file, table) => {
        if (table instanceof UnreadableFileError)
          previews.push({ ...NOTHING_READ, name: file.name, unreadable: sentenceOf(table, file) });
        else previews.push(previewTable(table, file.name));
      });
      return previews;
    },
    async bring(files, options, onPlanned, onRows) {
      const outcomes: ImportOutcome[] = [];
      const opened = await openEventWriter({ environment, warehouse: async () => warehouse });
      try {
        await each(files, options, versions(false), onRows, async (file, table) => {
          if (table instanceof UnreadableFileError) {
            outcomes.push({ accepted: 0, duplicate: 0, rejected: 0 });
            return;
          }
          await onPlanned(table.plan.brought());
          const counts = await sendTable(table, `${options.rights.by}:${file.name}`, opened.writer, options.rights);
          outcomes.push({ ...counts, duplicate: throughLog ? null : counts.duplicate });
        });
      } finally {
        await opened.stop();
      }
      return outcomes;
    },
    async takeBack(events, act) {
      const voids = await readVoids(warehouse, events);
      const standing = events.filter((event) => !voids.inForce(event));
      const opened = await openEventWriter({ environment, warehouse: async () => warehouse });
      try {
        return await sendVoids(opened.writer, standing, act);
      } finally {
        await opened.stop();
      }
    },
    async marked(file, options, say, into) {
      const table = await read(file, knowledge(), options, () => {});
      const faults = new Map<string, SheetFaults>();
      try {
        await withholdForeign(table.plan, options.rights, warehouse, knowledge().limits);
        for (const { name, header } of table.sheets) faults.set(name, { headerRow: header.lastRow, byRow: new Map() });
        for (const { sheet, row, refusal } of table.plan.entries) {
          if (!refusal) continue;
          const byRow = faults.get(table.sheets[sheet]!.name)!.byRow as Map<number, string>;
          const words = say(refusal.reason, refusal.detail);
          if (!byRow.get(row)?.includes(words)) byRow.set(row, byRow.has(row) ? `${byRow.get(row)}；${words}` : words);
        }
      } finally {
        await table.plan.close();
      }
      const { markWorkbook } = await import('@hengjian/ingest/tables/faults/mark-workbook.ts');
      const workbook = await openWorkbook(file.path, await headOf(file.path));
      await markWorkbook(file.path, workbook, faults, into).finally(() => workbook.close());
    },
    remember(unit, organ) {
      try {
        rememberAlias(namedUnits(environment), dataDir, unit, organ);
        return undefined;
      } catch (error) {
        if (error instanceof UnitNamesError) return { refused: error.message };
        throw error;
      }
    },
  };
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

/** Nobody knows the path under which it was kept. */
const sentenceOf = ({ message }: Error, { path, name }: SentFile): string => message.replaceAll(path, name);

function templateFiles(
  knowledge: () => TableKnowledge,
  units: () => string[],
): Pick<TableImports, 'templates' | 'template'> {
  const withTemplate = () => knowledge().layouts.filter(({ template }) => template);
  return {
    templates: () => withTemplate().map(({ id, title: { zh, en } }): Template => ({ id, zh, en })),
    async template(id) {
      const layout = withTemplate().find((one) => one.id === id);
      if (!layout) return undefined;
      // Loaded here, since nothing else of the dashboard needs the library.
      const { writeTemplate } = await import('@hengjian/ingest/tables/templates/write-template.ts');
      return writeTemplate(layout, units());
    },
  };
}

async function sendVoids(
  writer: Pick<EventWriter, 'writeRows'>,
  events: readonly BroughtEvent[],
  { rights, reason, mark }: Parameters<TableImports['takeBack']>[1],
): Promise<BroughtEvent[]> {
  const time = new Date().toISOString();
  const voids: BroughtEvent[] = [];
  let rows: PlacedRow[] = [];
  const send = async () => {
    if (rows.length === 0) return;
    const { rejected } = await writer.writeRows(rows, { ...fileSubmission(rights.by), rights });
    if (rejected > 0) throw new Error(`${rejected} of ${rows.length} voids of an import were refused`);
    rows = [];
  };
  for (const { source, id, department } of events) {
    const own = createHash('sha256').update(`${mark}\n${source}\n${id}`).digest('hex').slice(0, 56);
    const data = { event_source: source, event_id: id, reason };
    const event = { specversion: '1.0', id: own, source, type: 'event.voided', time, department, data };
    rows.push({ row: voids.length + 1, bytes: Buffer.from(JSON.stringify(event)), expected: 'accepted' });
    voids.push({ source, id: own, department });
    if (rows.length >= VOIDS_AT_ONCE) await send();
  }
  await send();
  return voids;
}
