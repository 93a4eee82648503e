/** `backup`, `restore`. */
import { statisticText } from '@hengjian/contract/statistic-text.ts';
import {
  backupWarehouse,
  type CommandContext,
  CommandError,
  describeLease,
  keepOfficeFiles,
  livingLeases,
  type RestoredFiles,
  type RestoreOptions,
  readRunFile,
  restoreOfficeFiles,
  restoreWarehouse,
  SILENT_SECONDS,
  type Warehouse,
} from '@hengjian/warehouse';
import type { Command } from 'commander';

export function registerBackupCommands(program: Command, context: CommandContext): void {
  const print = (line: string) => void context.stdout.write(`${line}\n`);

  program
    .command('backup <file>')
    .description(
      'copies everything (events, accounts, scores, files of the office) to a .tar, .tar.gz, .tar.zst or directory, while in use',
    )
    .addHelpText(
      'after',
      '\nWith CLICKHOUSE_URL the server writes it: a plain name to its disk "backups", an absolute path on its machine.',
    )
    .action(async (file: string) => {
      const warehouse = await context.warehouse();
      const files = await keepOfficeFiles(warehouse, context.environment.dataDir);
      const { target, events, exact, bytes } = await backupWarehouse(warehouse, file);
      const size = bytes === undefined ? '' : `, ${statisticText(bytes / 2 ** 20, 1)} MiB`;
      print(
        `${target.shown}: ${exact ? '' : 'at least '}${events.toLocaleString('en')} events, ${files} files of the office${size}`,
      );
    });

  program
    .command('restore <file>')
    .description('puts a backup in the place of the warehouse; refuses where events would be lost')
    .option('--force', 'replace a warehouse that holds events')
    .option('--from <database>', 'name of the database inside the backup, if it is another')
    .action(async (file: string, options: RestoreOptions) => {
      const running = readRunFile(context.environment.dataDir);
      if (running)
        throw new CommandError(
          `Hengjian runs on ${context.environment.dataDir} (process ${running.pid}); stop it first: what it holds in memory would no longer fit.`,
        );
      const warehouse = await context.warehouse();
      await refuseWhileWritten(warehouse);
      const { events, takenAway } = await restoreWarehouse(warehouse, file, options);
      print(
        `restored: ${events.toLocaleString('en')} events. Scores are as they were; hengjian refresh computes them anew.`,
      );
      for (const line of filesText(await restoreOfficeFiles(warehouse, context.environment.dataDir))) print(line);
      if (takenAway.keys.length > 0)
        print(`Revoked since the backup, and not revived: the keys ${takenAway.keys.join(', ')}.`);
      if (takenAway.accounts.length > 0)
        print(`Disabled since the backup, and still so: the accounts ${takenAway.accounts.join(', ')}.`);
      if (takenAway.changedAccounts.length > 0)
        print(
          `Given other roles or another scope since the backup, and left with them: the accounts ${takenAway.changedAccounts.join(', ')}.`,
        );
      if (context.environment.kafkaBrokers.length > 0)
        print(
          'What the log has and the backup has not, the workers store when they start: nothing more is to be done.',
        );
    });
}

function filesText({ restored, replaced, aside }: RestoredFiles): string[] {
  return [
    ...(restored.length > 0 ? [`Files of the office: ${restored.join(', ')}.`] : []),
    ...(replaced.length > 0 ? [`Not as in the backup, and moved to ${aside}: ${replaced.join(', ')}.`] : []),
  ];
}

/** Edges in front of Kafka do not write; they may go on. */
async function refuseWhileWritten(warehouse: Warehouse): Promise<void> {
  const writers = await livingLeases(warehouse);
  if (writers.length === 0) return;
  throw new CommandError(
    `This warehouse is written into by ${writers.map(describeLease).join(', ')}. Stop them first: what they hold in memory would no longer fit. What was killed counts for ${SILENT_SECONDS} seconds more.`,
  );
}
