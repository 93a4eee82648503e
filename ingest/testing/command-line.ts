/** The ingest commands as a user runs them, on a warehouse and a directory of their own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { namedUnits, ruleLimits } from '@hengjian/models';
import { openEventWriter } from '@hengjian/operations/open-event-writer.ts';
import { type CommandContext, CommandError, openWarehouse, type Warehouse } from '@hengjian/warehouse';
import { chdbWarehouse } from '@hengjian/warehouse/engine/testing/chdb-warehouse.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { registerIngestCommands } from '../commands/register-ingest-commands.ts';
import type { OpenedWriter } from '../edge/start-ingest.ts';

export interface Ran {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface CommandLine {
  warehouse: Warehouse;
  directory: string;
  dataDir: string;
  /** @returns what the command said, and the exit code with which it would end */
  run(...args: string[]): Promise<Ran>;
  /** What the next commands read as their standard input. */
  stdin: NodeJS.ReadableStream;
  /** Writes a file into the directory. @returns its path */
  file(name: string, content: string | Buffer): string;
  /** Empties the warehouse. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** What a command ends with: its totals. */
export const lastLine = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!);

/** All stored events, as the command lists them. */
export async function listedEvents<Event = ReturnType<typeof JSON.parse>>(cli: CommandLine): Promise<Event[]> {
  const { stdout } = await cli.run('events', '--json');
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Event);
}

export interface CommandLineOptions {
  /** A server, instead of an embedded engine; what is made there is dropped at the end. */
  url?: string;
  /** Folder of the Python package chdb-core, whose engine is of another version. */
  chdb?: string;
}

export async function commandLine(options: CommandLineOptions = {}): Promise<CommandLine> {
  const ruleset = 'nantong-etdz';
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-import-'));
  const { warehouse, dataDir, close } = options.url
    ? await onServer(options.url, directory)
    : options.chdb
      ? await chdbWarehouse(options.chdb)
      : await temporaryWarehouse();
  const self: CommandLine = {
    warehouse,
    directory,
    dataDir,
    stdin: Readable.from([]),
    async run(...args) {
      const said = { stdout: '', stderr: '' };
      const into = (name: 'stdout' | 'stderr') =>
        ({
          write: (text: string | Buffer) => {
            said[name] += text.toString();
            return true;
          },
        }) as unknown as NodeJS.WritableStream;
      let opened: Promise<OpenedWriter> | undefined;
      const context = {
        environment: { dataDir, kafkaBrokers: [] },
        warehouse: async () => warehouse,
        writer: async () => {
          opened ??= openEventWriter({ environment: { dataDir }, warehouse: async () => warehouse });
          return (await opened).writer;
        },
        stdin: self.stdin,
        stdout: into('stdout'),
        stderr: into('stderr'),
      } as unknown as CommandContext;
      const program = new Command().exitOverride();
      registerIngestCommands(program, context, {
        limits: () => ruleLimits({ dataDir }),
        units: () => namedUnits({ dataDir, ruleset }),
      });
      try {
        await program.parseAsync(args, { from: 'user' });
        return { ...said, exitCode: 0 };
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        return { ...said, stderr: said.stderr + error.message, exitCode: error.exitCode };
      } finally {
        await (await opened)?.stop();
      }
    },
    file(name, content) {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    },
    async empty() {
      for (const table of ['events', 'rejects', 'duplicates', 'reject_replays'])
        await warehouse.command(`TRUNCATE TABLE ${table}`);
    },
    async close() {
      await close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return self;
}

/** A database of its own on the server. */
async function onServer(url: string, dataDir: string): Promise<Pick<CommandLine, 'warehouse' | 'dataDir' | 'close'>> {
  const own = new URL(url);
  own.pathname = `/hengjian_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const warehouse = await openWarehouse({ url: own.href });
  return {
    warehouse,
    dataDir,
    async close() {
      await warehouse.drop();
      await warehouse.close();
    },
  };
}
