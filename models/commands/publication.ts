/** `close`, `correct`, `publications`, `verify` (publication.md §4). */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { closeQuarter } from '../publication/close-quarter.ts';
import { type Correction, correctQuarter } from '../publication/correct-quarter.ts';
import type { Publication } from '../publication/read-chain.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { type PlaceNames, placeNames } from './place-names.ts';
import { registerPublicationsCommand } from './publications.ts';
import { publisherOf } from './publisher-of.ts';
import { registerVerifyCommand } from './verify.ts';

interface Options {
  json?: boolean;
  ruleset?: string;
}

export function registerPublicationCommands(program: Command, context: CommandContext): void {
  program
    .command('close')
    .description('publish (freeze) a quarter, or a month or year that the rule set keeps')
    .argument('<quarter>', 'for example 2025Q2, 2025-04, 2025')
    .option('--despite-open-objections <reason>', 'although objections are unanswered; the reason stands in the record')
    .option('--ruleset <id>', 'under another rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string, options: Options & { despiteOpenObjections?: string }) =>
      withExpectedErrors(async () => {
        const { publication, withoutWindow } = await closeQuarter(
          await publisherOf(context, options),
          quarter,
          options.despiteOpenObjections,
        );
        if (withoutWindow)
          context.stderr.write(`No draft of ${quarter} was shown, so no window for objections was opened.\n`);
        context.stdout.write(
          options.json
            ? `${JSON.stringify(printed(publication))}\n`
            : `${quarter} is published.\n${hashes(publication)}`,
        );
      }),
    );
  program
    .command('correct')
    .description('publish a dated correction of a published quarter: the same rules, the events recorded by now')
    .argument('<quarter>', 'for example 2025Q2')
    .option('--reason <text>', 'why; stands in the record')
    .option('--ruleset <id>', 'the one published under another rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string, options: Options & { reason?: string }) =>
      withExpectedErrors(async () => {
        const done = await correctQuarter(await publisherOf(context, options), quarter, options.reason ?? '');
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ ...printed(done.publication), changes: done.changes })}\n`
            : correctionText(
                quarter,
                done,
                placeNames({ ...context.environment, asked: options.ruleset }, languageOf()),
              ),
        );
      }),
    );
  registerPublicationsCommand(program, context);
  registerVerifyCommand(program, context);
}

function printed({ record, recordSha256 }: Publication): object {
  return { record, record_sha256: recordSha256, snapshot_sha256: record.snapshot_sha256 };
}

function hashes({ record, recordSha256 }: Publication): string {
  return `publication ${record.sequence} · record ${recordSha256}\nsnapshot ${record.snapshot_sha256}\nevents ${record.events.count} · ${record.events.sha256}\n`;
}

function correctionText(quarter: string, { publication, changes }: Correction, names: PlaceNames): string {
  const lines = changes.flatMap(({ unit, item, before, after, events }) => [
    `${names.unit(unit)} · ${names.item(item)}: ${figures(before)} → ${figures(after)}`,
    ...events.map(({ source, id, type, time }) => `    ${type} ${source} ${id} (${time.slice(0, 19)})`),
  ]);
  return `${quarter} is corrected (number ${publication.record.number}).\n${hashes(publication)}${lines.join('\n')}\n`;
}

function figures(score: Correction['changes'][number]['before']): string {
  if (score === null) return 'no such item';
  const { points, numerator, denominator, on_time: onTime } = score;
  const counts = denominator === null ? `${numerator}` : `${numerator}/${denominator}`;
  return `${points ?? `rank ${score.rank ?? '–'}`} (${counts}${onTime === null ? '' : `, ${onTime} on time`})`;
}
