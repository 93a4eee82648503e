/** `import FILE…` */
import { basename, resolve } from 'node:path';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import { Presets, SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { importBytes } from '../files/import-bytes.ts';
import { expectedEvents, openImporter } from '../files/import-lines.ts';
import type { ImportCounts } from '../files/line-receiver.ts';
import { probeFile, readFileBytes, UnreadableFileError } from '../files/read-file.ts';

export function registerImportCommand(program: Command, context: CommandContext): void {
  program
    .command('import')
    .description('takes events from NDJSON files, plain or gzip; ends with one JSON line of counts')
    .argument('<file...>', 'files, one event a line')
    .action((files: string[]) => importFiles(files, context));
}

/** @throws CommandError with exit code 2 for each file that could not be read (to its end) */
async function importFiles(files: readonly string[], context: CommandContext): Promise<void> {
  const total: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  const unreadable: string[] = [];
  const probed = [];
  for (const path of files) {
    try {
      probed.push({ path, file: await probeFile(path) });
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      unreadable.push(error.message);
    }
  }
  if (probed.length > 0) {
    const importer = await openImporter(
      context.environment,
      () => context.warehouse(),
      expectedEvents(probed.map(({ file }) => file)),
    );
    try {
      for (const { path, file } of probed) {
        const bar = progressBar(context, basename(path), file.size);
        const { failure, ...counts } = await importBytes(
          readFileBytes(path, file, (bytes) => bar?.update(bytes)),
          importer.receiver(resolve(path)),
        ).finally(() => bar?.stop());
        for (const name of ['read', 'accepted', 'duplicate', 'rejected'] as const) total[name] += counts[name];
        if (failure && !(failure instanceof UnreadableFileError)) throw failure;
        if (failure) unreadable.push(failure.message);
      }
    } finally {
      await importer.close();
    }
  }
  const throughLog = context.environment.kafkaBrokers?.length > 0;
  context.stdout.write(`${JSON.stringify(throughLog ? { ...total, duplicate: null } : total)}\n`);
  if (throughLog)
    context.stderr.write('The events are in the log; its workers find the duplicates ("status" counts them).\n');
  if (total.rejected > 0)
    context.stderr.write(`${total.rejected} event(s) were refused; "rejects" lists them with the reasons.\n`);
  if (unreadable.length > 0) throw new CommandError(unreadable.join('\n'), 2);
}

function progressBar({ stderr }: CommandContext, name: string, size: number): SingleBar | undefined {
  if (!(stderr as { isTTY?: boolean }).isTTY) return undefined;
  const mebibytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
  const bar = new SingleBar(
    {
      stream: stderr,
      format: `${name} {bar} {percentage} % · {value}/{total} MiB · {eta_formatted}`,
      formatValue: (value, _options, type) => (type === 'value' || type === 'total' ? mebibytes(value) : String(value)),
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(size, 0);
  return bar;
}
