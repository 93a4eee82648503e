/** `rejects`, `rejects show | export | replay` */
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { openImporter } from '../files/import-lines.ts';
import { probeFile, readFileBytes } from '../files/read-file.ts';
import { closeRejects, countOpenRejects, openRejects, type Reject } from '../store/rejects/open-rejects.ts';
import { rejectLine } from '../store/rejects/reject-line.ts';
import { type Replayed, replayFile, replayOpen } from '../store/rejects/replay-rejects.ts';
import type { TableKnowledge } from '../tables/import/open-table.ts';
import type { NamedUnit } from '../tables/rows/unit-names.ts';
import { tableKnowledge } from './table-knowledge.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CommandError(`--limit must be a positive whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

export function registerRejectsCommand(
  program: Command,
  context: CommandContext,
  units: () => readonly NamedUnit[],
): void {
  const knowledge = () => tableKnowledge(context.environment.dataDir, units());
  const rejects = program
    .command('rejects')
    .description('what was refused, and why')
    .option('--json', 'as JSON, bytes included')
    .option('--reason <code>', 'only these')
    .option('--limit <n>', 'at most so many', positiveInteger, 1_000)
    .action(async (options: ListOptions) => list(options, context));

  rejects
    .command('show')
    .description('one refused event, its bytes last')
    .argument('<id>', 'id of the reject')
    .action(async (id: string) => show(id, context));

  rejects
    .command('export')
    .description('writes the open rejects, one a line, to be corrected and sent through by "rejects replay FILE"')
    .argument('<file>', 'file to write')
    .action(async (file: string, _: object, command: Command) => exportTo(file, command.optsWithGlobals(), context));

  rejects
    .command('close')
    .description('takes refused events off the list that need no correction; their bytes are kept')
    .argument('<id...>', 'ids of rejects')
    .action(async (ids: string[]) => close(ids, context));

  rejects
    .command('replay')
    .description('sends corrected events of a file, or the original bytes of open rejects, through again')
    .argument('[file]', 'NDJSON as "rejects export" writes it, corrected')
    .option('--all', 'the original bytes of all open rejects')
    .action(async (file: string | undefined, { all }: { all?: boolean }, command: Command) => {
      const { reason, json } = command.optsWithGlobals() as ListOptions;
      await replay({ file, all, reason, json }, context, knowledge);
    });
}

async function close(ids: readonly string[], { warehouse, stdout }: CommandContext): Promise<void> {
  const opened = await warehouse();
  const wrong = ids.find((id) => !UUID.test(id));
  if (wrong !== undefined) throw new CommandError(`${wrong} is not the id of a reject; "rejects" lists them.`);
  const open = new Set((await Array.fromAsync(openRejects(opened, { ids }))).map(({ reject_id }) => reject_id));
  const missing = ids.find((id) => !open.has(id.toLowerCase()));
  if (missing !== undefined) throw new CommandError(`There is no open reject ${missing}; "rejects" lists them.`);
  await closeRejects(opened, [...open], 'closed by hand');
  stdout.write(`${JSON.stringify({ closed: open.size })}\n`);
}

interface ListOptions {
  json?: boolean;
  reason?: string;
  limit?: number;
}

async function list(
  { json, reason, limit }: ListOptions,
  { warehouse, stdout, stderr }: CommandContext,
): Promise<void> {
  const opened = await warehouse();
  const rows = await Array.fromAsync(openRejects(opened, { reason, limit }));
  const counts = (await countOpenRejects(opened)).filter((row) => reason === undefined || row.reason === reason);
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  if (total > rows.length) stderr.write(`Shown are ${rows.length} of ${total}; --limit N shows more.\n`);
  if (json) {
    stdout.write(`${JSON.stringify(rows.map((row) => ({ ...row, bytes: row.bytes.toString('utf8') })))}\n`);
    return;
  }
  if (total === 0) stdout.write(reason === undefined ? 'Nothing is refused.\n' : `Nothing is refused as ${reason}.\n`);
  for (const row of rows)
    stdout.write(`${row.reject_id}  ${row.recorded_at}  ${row.reason}\n  ${row.origin}\n  ${row.detail}\n`);
  if (total > 0) stdout.write(`\n${total} open: ${counts.map(({ reason: code, n }) => `${code} ${n}`).join(', ')}\n`);
}

async function show(id: string, { warehouse, stdout }: CommandContext): Promise<void> {
  const found = UUID.test(id) ? (await Array.fromAsync(openRejects(await warehouse(), { ids: [id] })))[0] : undefined;
  if (!found) throw new CommandError(`There is no open reject ${id}; "rejects" lists them.`);
  const { bytes, ...fields } = found;
  for (const [name, value] of Object.entries(fields)) stdout.write(`${name}: ${value}\n`);
  stdout.write('\n');
  stdout.write(bytes);
  stdout.write('\n');
}

async function exportTo(
  file: string,
  { reason }: ListOptions,
  { warehouse, stdout, stderr }: CommandContext,
): Promise<void> {
  const opened = await warehouse();
  const into = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  const done = finished(into).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      error.code === 'EEXIST'
        ? `${file} exists already; name a new file.`
        : `${file} cannot be written: ${error.message}`,
    );
  });
  // An error is thrown where it is awaited.
  done.catch(() => {});
  let lines = 0;
  for await (const reject of openRejects(opened, { reason }) as AsyncIterable<Reject>) {
    if (into.errored) break;
    if (reject.size > reject.bytes.length) {
      stderr.write(
        `${reject.reject_id}: only the head of ${reject.size} bytes was kept (${reject.origin}); left out.\n`,
      );
      continue;
    }
    if (!into.write(Buffer.concat([rejectLine(reject.bytes, reject.reject_id), Buffer.from('\n')])))
      await new Promise<void>((resume) => into.once('drain', resume).once('error', () => resume()));
    lines += 1;
  }
  into.end();
  await done;
  stdout.write(`${JSON.stringify({ exported: lines, file })}\n`);
}

interface ReplayOptions {
  file?: string | undefined;
  all?: boolean | undefined;
  reason?: string | undefined;
  json?: boolean | undefined;
}

async function replay(
  { file, all, reason }: ReplayOptions,
  context: CommandContext,
  knowledge: () => TableKnowledge,
): Promise<void> {
  if ([file, all, reason].filter((given) => given !== undefined).length !== 1)
    throw new CommandError('Say what to replay: a file of corrected events, --reason CODE, or --all.');
  const warehouse = await context.warehouse();
  const probed = file === undefined ? undefined : await probeFile(file);
  const importer = await openImporter(context.environment, async () => warehouse);
  let replayed: Replayed;
  try {
    replayed =
      file === undefined
        ? await replayOpen(warehouse, importer, { reason }, knowledge)
        : await replayFile(
            warehouse,
            importer,
            resolve(file),
            readFileBytes(file, probed!, () => {}),
            knowledge,
          );
  } finally {
    await importer.close();
  }
  const { stillWrong, ...counts } = replayed;
  for (const { place, reason: code, detail } of stillWrong) context.stderr.write(`${place}: ${code}: ${detail}\n`);
  context.stdout.write(`${JSON.stringify({ ...counts, still_wrong: stillWrong.length })}\n`);
}
