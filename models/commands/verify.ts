import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { carryOver } from '../publication/carry-over.ts';
import type { Check } from '../publication/check-chain.ts';
import { verifyFile } from '../publication/verify-file.ts';
import { verifyPublications } from '../publication/verify-publications.ts';
import { loadProject } from '../runner/project.ts';
import { periodOrError } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { publisherOf } from './publisher-of.ts';

interface Options {
  replay?: boolean;
  file?: string;
  ruleset?: string;
  json?: boolean;
}

export function registerVerifyCommand(program: Command, context: CommandContext): void {
  program
    .command('verify')
    .description('check publications: chain, hashes, and with --replay the scores and events behind them')
    .argument('[quarter]', 'one quarter; the chain is checked whole')
    .option('--replay', 'compute the scores again from the log as of then')
    .option('--file <file>', 'check a record and snapshot from a file (as `publications show --json` prints them)')
    .option('--ruleset <id>', 'those under one rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string | undefined, options: Options) =>
      withExpectedErrors(async () => {
        if (quarter !== undefined) periodOrError(quarter);
        const checks = await run(context, quarter, options);
        const failed = checks.find(({ ok }) => !ok);
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ ok: !failed, checks })}\n`
            : checks.map(lineOf).join('') || 'Nothing is published yet.\n',
        );
        if (failed) throw new CommandError(`${placeOf(failed)}${failed.check} fails: ${failed.detail}.`);
      }),
    );
}

async function run(context: CommandContext, quarter: string | undefined, options: Options): Promise<Check[]> {
  if (options.file !== undefined) {
    const replay = { warehouse: () => context.warehouse('app'), project: () => loadProject(context.environment) };
    return verifyFile(options.file, quarter, options.replay ? replay : undefined);
  }
  const publisher = await publisherOf(context, {});
  // What an earlier version published is verified too.
  await carryOver(publisher);
  return verifyPublications(publisher.warehouse, publisher.project, {
    ...(quarter !== undefined ? { quarter } : {}),
    ...(options.ruleset !== undefined ? { ruleset: options.ruleset } : {}),
    replay: options.replay === true,
  });
}

function lineOf(check: Check): string {
  return `${check.ok ? 'ok  ' : 'FAIL'} ${placeOf(check)}${check.check}: ${check.detail}\n`;
}

function placeOf({ sequence, quarter, number }: Check): string {
  const of = quarter === null ? '' : ` (${quarter} number ${number})`;
  return sequence === null ? '' : `publication ${sequence}${of} `;
}
