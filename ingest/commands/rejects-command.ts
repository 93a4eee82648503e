/** `rejects`, `rejects show | export | replay` */
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { REASONS } from '@hengjian/contract/reasons.ts';
import { visibleLine } from '@hengjian/contract/visible-text.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import { writePieces } from '@hengjian/warehouse/write-pieces.ts';
import type { Command } from 'commander';
import { readAsUtf8, spelt } from '../files/read-as-utf8.ts';
import { type OpenedFile, probeFile, readFileBytes } from '../files/read-file.ts';
import {
  closeRejects,
  countOpenRejects,
  openRejects,
  type Reject,
  type RejectSelection,
} from '../store/rejects/open-rejects.ts';
import { isRejectId, rejectLine } from '../store/rejects/reject-line.ts';
import { replayFile, replayOpen } from '../store/rejects/replay-rejects.ts';
import type { RuleSetKnowledge } from './register-ingest-commands.ts';
import { rejectsAsJson, rejectsAsText } from './reject-listing.ts';
import { tableKnowledge } from './table-knowledge.ts';

const SHOWN = 1_000;

function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CommandError(`--limit must be a positive whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

export function registerRejectsCommand(program: Command, context: CommandContext, ruleSets: RuleSetKnowledge): void {
  const rejects = program
    .command('rejects')
    .description('what was refused, and why')
    .option('--json', 'as JSON, bytes included')
    .option('--reason <code>', 'only these')
    .option('--limit <n>', `at most so many (default: ${SHOWN.toLocaleString('en')}; with --json all)`, positiveInteger)
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
    .argument('[id...]', 'ids of rejects')
    .option('--origin <prefix>', 'those whose origin, as the list shows it, begins so')
    .action(async (ids: string[], { origin }: { origin?: string }, command: Command) => {
      const { reason } = command.optsWithGlobals() as ListOptions;
      await close({ ids, reason, origin }, context);
    });

  rejects
    .command('replay')
    .description('sends corrected events of a file, or the original bytes of open rejects, through again')
    .argument('[file]', 'NDJSON as "rejects export" writes it, corrected')
    .option('--all', 'the original bytes of all open rejects')
    .option('--as-office', 'with the rights of the office and the registry; otherwise with those with which each came')
    .action(async (file: string | undefined, options: { all?: boolean; asOffice?: boolean }, command: Command) => {
      const { reason } = command.optsWithGlobals() as ListOptions;
      await replay({ file, reason, ...options }, context, ruleSets);
    });
}

async function close(selection: RejectSelection, { warehouse, stdout }: CommandContext): Promise<void> {
  const { ids = [], reason, origin } = selection;
  if (ids.length === 0 && reason === undefined && origin === undefined)
    throw new CommandError('Say what to close: ids of rejects, --reason CODE, or --origin PREFIX.');
  if (origin === '') throw new CommandError('--origin is empty; every origin begins so. Name the beginning of one.');
  if (reason !== undefined && !Object.hasOwn(REASONS, reason))
    throw new CommandError(`There is no reason ${JSON.stringify(reason)}; "rejects" counts the open ones by reason.`);
  const wrong = ids.find((id) => !isRejectId(id));
  if (wrong !== undefined) throw new CommandError(`${wrong} is not the id of a reject; "rejects" lists them.`);
  const opened = await warehouse();
  const chosen = new Set<string>();
  for await (const { reject_id } of openRejects(opened, { reason, origin, ...(ids.length > 0 ? { ids } : {}) }))
    chosen.add(reject_id);
  const missing = ids.find((id) => !chosen.has(id.toLowerCase()));
  if (missing !== undefined) throw new CommandError(`There is no such open reject ${missing}; "rejects" lists them.`);
  await closeRejects(opened, [...chosen], 'closed by hand');
  stdout.write(`${JSON.stringify({ closed: chosen.size })}\n`);
}

interface ListOptions {
  json?: boolean;
  reason?: string;
  limit?: number;
}

async function list(
  { json, reason, limit: asked }: ListOptions,
  { warehouse, stdout, stderr }: CommandContext,
): Promise<void> {
  const opened = await warehouse();
  const counts = (await countOpenRejects(opened)).filter((row) => reason === undefined || row.reason === reason);
  // Whoever reads it as JSON would take it for all.
  const limit = asked ?? (json ? undefined : SHOWN);
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  if (limit !== undefined && total > limit) stderr.write(`Shown are ${limit} of ${total}; --limit N shows more.\n`);
  const rows = openRejects(opened, { reason, limit });
  if (json) return writePieces(stdout, rejectsAsJson(rows));
  if (total === 0) stdout.write(reason === undefined ? 'Nothing is refused.\n' : `Nothing is refused as ${reason}.\n`);
  await writePieces(stdout, rejectsAsText(rows));
  if (total > 0) stdout.write(`\n${total} open: ${counts.map(({ reason: code, n }) => `${code} ${n}`).join(', ')}\n`);
}

async function show(id: string, { warehouse, stdout }: CommandContext): Promise<void> {
  const found = isRejectId(id) ? (await openRejects(await warehouse(), { ids: [id] }).next()).value : undefined;
  if (!found) throw new CommandError(`There is no open reject ${id}; "rejects" lists them.`);
  const { bytes, from: _, ...fields } = found;
  for (const [name, value] of Object.entries(fields)) stdout.write(`${name}: ${visibleLine(String(value))}\n`);
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
  asOffice?: boolean | undefined;
}

async function replay(
  { file, all, reason, asOffice }: ReplayOptions,
  context: CommandContext,
  ruleSets: RuleSetKnowledge,
): Promise<void> {
  if ([file, all, reason].filter((given) => given !== undefined).length !== 1)
    throw new CommandError('Say what to replay: a file of corrected events, --reason CODE, or --all.');
  const warehouse = await context.warehouse();
  const probed = file === undefined ? undefined : await probeFile(file);
  const knowledge = () => tableKnowledge(context.environment.dataDir, ruleSets);
  const options = { warehouse, writer: await context.writer(), limits: ruleSets.limits(), knowledge, asOffice };
  const replayed =
    file === undefined
      ? await replayOpen(options, { reason })
      : await replayFile(options, resolve(file), correctionsOf(file, probed!, context));
  const { stillWrong, ...counts } = replayed;
  for (const { place, reason: code, detail } of stillWrong)
    context.stderr.write(`${visibleLine(`${place}: ${code}: ${detail}`)}\n`);
  context.stdout.write(`${JSON.stringify({ ...counts, still_wrong: stillWrong.length })}\n`);
}

/** Converted to UTF-8 where the file is in another encoding, as `import` does. */
function correctionsOf(file: string, probed: OpenedFile, { stderr }: CommandContext): AsyncIterable<Buffer> {
  const read = () => readFileBytes(file, probed, () => {});
  return readAsUtf8(read(), read, (encoding) =>
    stderr.write(`${file} is ${spelt(encoding)}, not UTF-8; its events are stored as UTF-8.\n`),
  );
}
