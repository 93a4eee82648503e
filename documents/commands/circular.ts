/** `circular QUARTER`: the 通报 of a published quarter, in Word, Excel or PDF, with the texts that were saved on the page. */
import { writeFileSync } from 'node:fs';
import {
  carryOver,
  latestOf,
  periodOrError,
  publisherOf,
  readChain,
  readPublished,
  refresh,
  withExpectedErrors,
} from '@hengjian/models';
import {
  CIRCULAR_FORMATS,
  type CircularFormat,
  DEFAULT_TEXTS,
  readCirculars,
} from '@hengjian/models/publication/circulars.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import { type Command, Option } from 'commander';
import { buildCircular } from '../circular/build-circular.ts';
import type { Document } from '../document.ts';
import { writeDocument } from '../forms/write-document.ts';

interface Options {
  format: CircularFormat;
  out: string;
  number?: string;
  issuer?: string;
  contact?: string;
  publication?: string;
  ruleset?: string;
}

export function registerCircularCommand(program: Command, context: CommandContext): void {
  program
    .command('circular')
    .description('the circular (通报) of a published quarter')
    .argument('<quarter>', 'for example 2025Q2, 2025-04, 2025')
    .addOption(
      new Option('--format <format>', 'docx (Word), xlsx (Excel) or pdf')
        .choices(CIRCULAR_FORMATS)
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'where to write it')
    .option('--number <text>', '文号')
    .option('--issuer <name>', 'who issues it; by default 市场监管联席会议办公室')
    .option('--contact <text>', 'whom units may ask')
    .option('--publication <n>', 'which publication of the quarter; by default the newest')
    .option('--ruleset <id>', 'published under this rule set; by default the default one')
    .action((quarter: string, options: Options) =>
      withExpectedErrors(async () => {
        const document = await circularOf(context, quarter, options);
        const bytes = await writeDocument(document, options.format);
        try {
          writeFileSync(options.out, bytes);
        } catch (error) {
          throw new CommandError(
            `${options.out} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'}).`,
          );
        }
        context.stdout.write(`${options.out}: ${document.title}, ${bytes.length} bytes\n`);
      }),
    );
}

async function circularOf(context: CommandContext, id: string, options: Options): Promise<Document> {
  const quarter = periodOrError(id);
  const publisher = await publisherOf(context, options);
  const { warehouse, project } = publisher;
  await carryOver(publisher);
  // Its rows are derived, if they were not yet.
  await refresh({ warehouse, environment: context.environment });
  const chain = await readChain(warehouse);
  const ruleset = project.ruleSet.id;
  const newest = latestOf(chain, ruleset, quarter.id);
  if (!newest)
    throw new CommandError(
      `${id} is not published under the rule set ${ruleset}; \`hengjian close ${id}\` publishes it.`,
    );
  const publication =
    options.publication === undefined
      ? newest
      : chain.publications.find(
          ({ record, snapshot }) =>
            record.quarter === quarter.id &&
            snapshot.ruleset.id === ruleset &&
            String(record.number) === options.publication,
        );
  if (!publication)
    throw new CommandError(
      `${id} has no publication number ${options.publication}; the newest is ${newest.record.number}.`,
    );
  const published = await readPublished(warehouse, project, publication);
  const { draft } = await readCirculars(warehouse, publication);
  const { number, issuer, contact, opening, closing } = draft ?? DEFAULT_TEXTS;
  return buildCircular(published, {
    number: options.number ?? number,
    issuer: options.issuer ?? issuer,
    contact: options.contact ?? contact,
    opening,
    closing,
  });
}
