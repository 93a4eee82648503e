/** `import FILE…`: events from NDJSON, and the tables that offices hold. */
import { basename } from 'node:path';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { expectedEvents } from '../files/expected-events.ts';
import { importBytes } from '../files/import-bytes.ts';
import { fileSubmission } from '../files/import-lines.ts';
import { type ImportCounts, lineReceiver } from '../files/line-receiver.ts';
import { readAsUtf8, spelt } from '../files/read-as-utf8.ts';
import { type OpenedFile, probeFile, readFileBytes, UnreadableFileError } from '../files/read-file.ts';
import { type SpooledInput, STANDARD_INPUT, spoolInput } from '../files/spool-input.ts';
import { headOf, kindOf } from '../tables/files/open-workbook.ts';
import { DEFAULT_SOURCE } from '../tables/import/default-source.ts';
import type { TableKnowledge, TableOptions } from '../tables/import/open-table.ts';
import { previewEvents } from '../tables/import/preview-events.ts';
import type { StoredVersions } from '../tables/import/stored-versions.ts';
import { progressBar } from './progress-bar.ts';
import type { RuleSetKnowledge } from './register-ingest-commands.ts';

export interface ImportOptions extends TableOptions {
  preview?: boolean;
}

/** @param ruleSets loads what an import of events does not need */
export function registerImportCommand(
  program: Command,
  context: CommandContext,
  ruleSets: () => Promise<RuleSetKnowledge>,
): void {
  program
    .command('import')
    .description(
      'takes events from NDJSON files, plain or gzip, and tables (xlsx, xls, CSV); ends with one JSON line of counts',
    )
    .argument(
      '<file...>',
      'files: one event a line, or a table that "layouts" lists; told by what they hold, not by their names; - is the standard input, read to its end first',
    )
    .option('--preview', 'say what a file holds and what would change; nothing is stored')
    .option('--layout <id>', 'read tables as this layout')
    .option('--sheet <name>', 'only this sheet, also a hidden one')
    .option('--department <unit>', 'unit of rows that name none: an id or an alias')
    .option('--source <uri>', `source of the events of tables (${DEFAULT_SOURCE})`)
    .action((files: string[], options: ImportOptions) => new ImportRun(context, ruleSets, options).run(files));
}

interface Opened {
  input: SpooledInput;
  file: OpenedFile;
  head: Buffer;
  kind: 'events' | 'table';
}

const COUNTS = ['read', 'accepted', 'duplicate', 'rejected'] as const;

class ImportRun {
  readonly #context: CommandContext;
  readonly #ruleSets: () => Promise<RuleSetKnowledge>;
  readonly #options: ImportOptions;
  readonly #total: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  readonly #tables = {
    layouts: new Set<string>(),
    skipped: 0,
    byType: {} as Record<string, number>,
    unmatched: new Set<string>(),
  };
  readonly #inputs: SpooledInput[] = [];
  readonly #unreadable: string[] = [];
  readonly #previewed = new Set<string>();
  #sawTable = false;
  #knowledge: TableKnowledge | undefined;
  #versions: StoredVersions | undefined;

  constructor(context: CommandContext, ruleSets: () => Promise<RuleSetKnowledge>, options: ImportOptions) {
    this.#context = context;
    this.#ruleSets = ruleSets;
    this.#options = options;
  }

  /** @throws CommandError with exit code 2 for each file that could not be read (to its end) */
  async run(files: readonly string[]): Promise<void> {
    if (files.filter((path) => path === STANDARD_INPUT).length > 1)
      throw new CommandError('Standard input can be read only once; name "-" once.', 2);
    const { environment, stdin = process.stdin } = this.#context;
    const opened: Opened[] = [];
    try {
      for (const path of files)
        await this.#noting(async () => {
          const input = await spoolInput(path, environment.dataDir, stdin);
          this.#inputs.push(input);
          const file = await probeFile(input.path);
          const head = await headOf(input.path);
          opened.push({ input, file, head, kind: kindOf(input.path, head) });
        });
      const expected = expectedEvents(opened.flatMap(({ kind, file }) => (kind === 'events' ? [file] : [])));
      for (const one of opened)
        await this.#noting(() => (one.kind === 'events' ? this.#events(one, expected) : this.#table(one)));
    } finally {
      for (const { release } of this.#inputs) await release();
    }
    this.#report();
  }

  /** A file that cannot be read does not keep the others from being read. */
  async #noting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      // Nobody knows the copy of what came through a pipe.
      const named = this.#inputs.reduce(
        (text, { path, name, copied }) => (copied ? text.replaceAll(path, name) : text),
        error.message,
      );
      this.#unreadable.push(named);
    }
  }

  async #events({ input: { path, name }, file }: Opened, expected: number): Promise<void> {
    const bar = progressBar(this.#context, basename(name), file.size);
    const read = (onRead: (bytes: number) => void) => readFileBytes(path, file, onRead);
    const bytes = readAsUtf8(
      read((done) => bar?.update(done)),
      () => read(() => {}),
      (encoding) =>
        this.#context.stderr.write(`${name} is ${spelt(encoding)}, not UTF-8; its events are stored as UTF-8.\n`),
    );
    const work = this.#options.preview
      ? this.#preview(bytes)
      : this.#context
          .writer({ expectedEvents: expected })
          .then((writer) => importBytes(bytes, lineReceiver(writer, fileSubmission(name))));
    const { failure, ...counts } = await work.finally(() => bar?.stop());
    this.#count(counts);
    if (failure) throw failure;
  }

  async #preview(bytes: AsyncIterable<Buffer>) {
    const [warehouse, { limits }] = await Promise.all([this.#context.warehouse(), this.#ruleSets()]);
    return previewEvents(warehouse, bytes, this.#previewed, limits());
  }

  async #table({ input: { path, name, copied }, head }: Opened): Promise<void> {
    this.#sawTable = true;
    const { describeTable, readTable, sendTable, StoredVersions, tableKnowledge } = await import('./table-tools.ts');
    this.#knowledge ??= tableKnowledge(this.#context.environment.dataDir, await this.#ruleSets());
    const bar = progressBar(this.#context, basename(name));
    let rows = 0;
    const table = await readTable(path, head, this.#knowledge, this.#options, () => bar?.update(++rows)).finally(() =>
      bar?.stop(),
    );
    try {
      this.#versions ??= new StoredVersions(
        await this.#context.warehouse(),
        table.plan.source,
        this.#options.preview === true || this.#throughLog,
      );
      await table.plan.compare(this.#versions);
      const planned = table.plan.counts();
      if (this.#options.preview) {
        this.#context.stdout.write(describeTable(copied ? { ...table, path: name } : table));
        this.#count({ read: planned.accepted + planned.duplicate + planned.rejected, ...planned });
      } else this.#count(await sendTable(table, name, await this.#context.writer()));
      for (const [type, n] of Object.entries(planned.byType))
        this.#tables.byType[type] = (this.#tables.byType[type] ?? 0) + n;
      for (const { header, skipped } of table.sheets) {
        this.#tables.layouts.add(header.layout.id);
        this.#tables.skipped += skipped;
      }
      for (const organ of table.unmatched) this.#tables.unmatched.add(organ);
    } finally {
      await table.plan.close();
    }
  }

  get #throughLog(): boolean {
    return this.#context.environment.kafkaBrokers?.length > 0;
  }

  #count(counts: ImportCounts): void {
    for (const name of COUNTS) this.#total[name] += counts[name];
  }

  #report(): void {
    const { stdout, stderr } = this.#context;
    const { layouts, skipped, byType, unmatched } = this.#tables;
    const throughLog = this.#throughLog && !this.#options.preview;
    const line = {
      ...this.#total,
      ...(throughLog ? { duplicate: null } : {}),
      ...(this.#sawTable
        ? { layout: [...layouts].join('+'), skipped, by_type: byType, unmatched_departments: [...unmatched] }
        : {}),
      ...(this.#options.preview ? { preview: true } : {}),
    };
    stdout.write(`${JSON.stringify(line)}\n`);
    if (throughLog)
      stderr.write('The events are in the log; its workers find the duplicates ("status" counts them).\n');
    if (this.#total.rejected > 0 && !this.#options.preview)
      stderr.write(`${this.#total.rejected} event(s) were refused; "rejects" lists them with the reasons.\n`);
    if (unmatched.size > 0)
      stderr.write(
        `No unit is called ${[...unmatched].join(', ')}; departments.csv in the data directory takes aliases.\n`,
      );
    if (this.#unreadable.length > 0) throw new CommandError(this.#unreadable.join('\n'), 2);
  }
}
