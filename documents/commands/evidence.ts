/** `evidence QUARTER UNIT`: all that stands behind the published score of a unit, in one archive. */
import { writeFileSync } from 'node:fs';
import {
  carryOver,
  latestOf,
  periodOrError,
  publisherOf,
  readChain,
  refresh,
  withExpectedErrors,
} from '@hengjian/models';
import { readEvidence } from '@hengjian/models/publication/read-evidence.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { writeEvidence } from '../evidence/write-evidence.ts';

interface Options {
  out?: string;
  publication?: string;
  ruleset?: string;
}

export function registerEvidenceCommand(program: Command, context: CommandContext): void {
  program
    .command('evidence')
    .description('all that stands behind the published score of a unit, in one archive: for an audit')
    .argument('<quarter>', 'for example 2025Q2, 2025-04, 2025')
    .argument('<unit>', 'for example scjg')
    .option('--out <file>', 'where to write it; by default QUARTER-UNIT-NUMBER.zip')
    .option('--publication <n>', 'which publication of the quarter; by default the newest')
    .option('--ruleset <id>', 'published under this rule set; by default the default one')
    .action((quarter: string, unit: string, options: Options) =>
      withExpectedErrors(async () => {
        const publisher = await publisherOf(context, options);
        const { warehouse, project } = publisher;
        const { id } = periodOrError(quarter);
        await carryOver(publisher);
        // Its rows are derived, if they were not yet.
        await refresh({ warehouse, environment: context.environment });
        const chain = await readChain(warehouse);
        const ruleset = project.ruleSet.id;
        const publication =
          options.publication === undefined
            ? latestOf(chain, ruleset, id)
            : chain.publications.find(
                ({ record, snapshot }) =>
                  record.quarter === id &&
                  snapshot.ruleset.id === ruleset &&
                  String(record.number) === options.publication,
              );
        if (!publication)
          throw new CommandError(
            `${id} ${options.publication === undefined ? 'is not published' : `has no publication number ${options.publication}`} under the rule set ${ruleset}; \`hengjian publications\` lists what there is.`,
          );
        const evidence = await readEvidence(warehouse, publication, unit);
        if (!evidence)
          throw new CommandError(
            `${id} was published without a unit ${JSON.stringify(unit)}; it has ${publication.snapshot.units.map((one) => one.unit).join(', ')}.`,
          );
        const out = options.out ?? `${id}-${unit}-${publication.record.number}.zip`;
        const bytes = await writeEvidence(evidence);
        try {
          writeFileSync(out, bytes);
        } catch (error) {
          throw new CommandError(`${out} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'}).`);
        }
        context.stdout.write(`${out}: ${evidence.rows.length} rows, ${bytes.length} bytes\n`);
      }),
    );
}
