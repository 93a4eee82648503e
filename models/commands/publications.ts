import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { carryOver } from '../publication/carry-over.ts';
import { type Publication, readChain } from '../publication/read-chain.ts';
import { ruleSetIds } from '../ruleset/rule-set-ids.ts';
import { periodOrError } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { publisherOf } from './publisher-of.ts';
import { textTable } from './text-table.ts';

interface Options {
  json?: boolean;
  ruleset?: string;
}

export function registerPublicationsCommand(program: Command, context: CommandContext): void {
  const publications = program
    .command('publications')
    .description('the chain of publications')
    .option('--ruleset <id>', 'those under one rule set')
    .option('--json', 'print JSON only')
    .action((options: Options) =>
      withExpectedErrors(async () => {
        const chain = (await chainOf(context)).filter(ofRuleSet(options.ruleset));
        context.stdout.write(options.json ? `${JSON.stringify(chain.map(listed))}\n` : chainText(chain));
      }),
    );
  publications
    .command('show')
    .description('one publication, with its snapshot')
    .argument('<quarter>', 'for example 2025Q2')
    .option('--number <n>', 'which of the quarter; by default the newest')
    .option('--ruleset <id>', 'under which rule set; by default the default one')
    .option('--json', 'print JSON only')
    .action((quarter: string, options: Options & { number?: string }) =>
      withExpectedErrors(async () => {
        // commander hands an option that both commands have to the outer one.
        const { json, ruleset } = { ...publications.opts<Options>(), ...options };
        const found = await findPublication(context, quarter, ruleset, numberOrError(options.number));
        const { record, recordSha256, snapshot } = found;
        context.stdout.write(
          json
            ? `${JSON.stringify({ record, record_sha256: recordSha256, snapshot })}\n`
            : `${JSON.stringify({ record, record_sha256: recordSha256, snapshot }, null, 2)}\n`,
        );
      }),
    );
}

async function findPublication(
  context: CommandContext,
  id: string,
  ruleset = ruleSetIds(context.environment.ruleset)[0]!,
  number: number | undefined = undefined,
): Promise<Publication> {
  const quarter = periodOrError(id);
  const all = (await chainOf(context)).filter(ofRuleSet(ruleset)).filter(({ record }) => record.quarter === quarter.id);
  const found = number === undefined ? all.at(-1) : all.find(({ record }) => record.number === number);
  if (found) return found;
  throw new CommandError(
    all.length === 0
      ? `${id} is not published under the rule set ${ruleset}; \`hengjian close ${id}\` publishes it.`
      : `${id} has no publication number ${number}; it has ${all.map(({ record }) => record.number).join(', ')}.`,
  );
}

/** With what an earlier version published. */
async function chainOf(context: CommandContext): Promise<Publication[]> {
  const publisher = await publisherOf(context, {});
  await carryOver(publisher);
  return (await readChain(publisher.warehouse)).publications;
}

const ofRuleSet =
  (ruleset: string | undefined) =>
  ({ snapshot }: Publication): boolean =>
    ruleset === undefined || snapshot.ruleset.id === ruleset;

function listed({ record, recordSha256, snapshot }: Publication): object {
  return { record, record_sha256: recordSha256, ruleset: snapshot.ruleset };
}

function chainText(chain: readonly Publication[]): string {
  if (chain.length === 0) return 'Nothing is published yet; `hengjian close 2025Q2` publishes a quarter.\n';
  const rows = chain.map(({ record, snapshot, recordSha256 }) => [
    String(record.sequence),
    record.quarter,
    String(record.number),
    record.kind,
    snapshot.ruleset.id,
    record.published_at.slice(0, 19).replace('T', ' '),
    record.by,
    String(record.events.count),
    recordSha256.slice(0, 16),
    record.reason,
  ]);
  const head = [
    'sequence',
    'quarter',
    'number',
    'kind',
    'rule set',
    'published at',
    'by',
    'events',
    'record',
    'reason',
  ];
  return `${textTable(head, rows, ['right', 'left', 'right', 'left', 'left', 'left', 'left', 'right'])}\n`;
}

/** @throws CommandError where a number of a publication is none */
function numberOrError(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new CommandError(`"${text}" is not the number of a publication; it is 1 or more.`);
  return Number(text);
}
